import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CheckoutChart } from '../../charts/checkout/checkout-chart';
import { checkoutEnvironment, CheckoutDependenciesChart } from '../../charts/checkout/dependencies-chart';
import { checkoutNamespace, createdBy } from '../../charts/checkout/labels';
import { checkoutVariants } from '../../charts/checkout/variants';
import { fargateProfiles, type Config } from '../config/settings';
import { EncryptedLogGroup } from '../constructs/logs/encrypted-log-group';
import { EncryptionKey } from '../constructs/logs/encryption-key';
import { FargateOnlyCluster } from '../constructs/cluster/fargate-only-cluster';
import { FargateWorkload } from '../constructs/workload/fargate-workload';
import { Network } from '../constructs/network/network';
import { PodLogging } from '../constructs/pod-logging/pod-logging';

export interface CheckoutStackProps extends StackProps {
  /** The configuration, from lib/config/settings.ts. */
  readonly config: Config;
}

/** The EKS Workshop's checkout service on Fargate, from the VPC to the pods. */
export class CheckoutStack extends Stack {
  /** The cluster and all that is planned to run on it. */
  readonly cluster: FargateOnlyCluster;
  /** The network, new or existing. */
  readonly network: Network;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CheckoutStackProps,
  ) {
    super(scope, id, props);

    const { config } = props;
    const clusterName = this.stackName;
    const logGroupPrefix = `/aws/eks/${clusterName}/`;
    const logRetention = config.logRetentionDays;
    const variant = checkoutVariants[config.variant];
    const environment = checkoutEnvironment(config.ordersEndpoint);

    const encryptionKey = new EncryptionKey(this, 'EncryptionKey', { logGroupPrefix });

    this.network = new Network(this, 'Network', {
      cidr: config.vpcCidr,
      natGateways: config.natGateways,
      vpcId: config.vpcId,
      logGroupPrefix,
      encryptionKey,
      logRetention,
    });

    const podLogGroup = new EncryptedLogGroup(this, 'PodLogs', {
      logGroupName: `${logGroupPrefix}pods`,
      encryptionKey,
      retention: logRetention,
    });

    this.cluster = new FargateOnlyCluster(this, 'Cluster', {
      clusterName,
      kubernetesVersion: config.kubernetesVersion,
      vpc: this.network.vpc,
      privateSubnets: this.network.privateSubnets,
      apiAccessCidrs: config.apiAccessCidrs,
      adminRoleArn: config.adminRoleArn,
      deletionProtection: config.deletionProtection,
      encryptionKey,
      logRetention,
      podLogGroup,
      systemProfile: fargateProfiles.system,
    });

    const profile = this.cluster.addProfile('CheckoutProfile', fargateProfiles.checkout);

    new PodLogging(this, 'PodLogging', { cluster: this.cluster, logGroup: podLogGroup });

    new FargateWorkload(this, 'Checkout', {
      cluster: this.cluster,
      namespace: checkoutNamespace,
      namespaceLabels: createdBy,
      charts: {
        Dependencies: (app) =>
          new CheckoutDependenciesChart(app, 'checkout-dependencies', {
            environment,
            redisImage: config.redisImage,
            redisPodLabels: variant.podLabels,
          }),
        Deployment: (app) =>
          new CheckoutChart(app, 'checkout', { variant, image: config.checkoutImage, environment }),
      },
    });

    this.output('ClusterName', 'Name of the EKS cluster', clusterName);
    this.addAccessOutputs(clusterName);
    this.output('FargateProfileName', 'Fargate profile of the checkout service', profile.fargateProfileName);
    this.output(
      'PodExecutionRoleArn',
      'Pod execution role of that profile',
      profile.podExecutionRole.roleArn,
    );
    this.output(
      'PrivateSubnetIds',
      'Subnets that pods run in',
      this.network.vpc.selectSubnets(this.network.privateSubnets).subnetIds.join(','),
    );
    this.output('LogGroupName', 'Log group of the pods', podLogGroup.logGroupName);
    this.output('Variant', 'Step of the lab', config.variant);
  }

  /** Whoever is given as administrator has the role already; a role that was made must be assumed. */
  private addAccessOutputs(clusterName: string): void {
    const command = `aws eks update-kubeconfig --region ${this.region} --name ${clusterName}`;
    const role = this.cluster.createdAdminRole;
    this.output(
      'UpdateKubeconfigCommand',
      'Adds the cluster to your kubeconfig',
      role ? `${command} --role-arn ${role.roleArn}` : command,
    );
    if (role) {
      this.output('AdminRoleArn', 'Role that administers the cluster', role.roleArn);
    }
  }

  /**
   * The zones of the VPC: the configured names, or the first of the region.
   *
   * An environment-agnostic stack would offer two, whatever the VPC asks for. A looked-up VPC brings its own.
   */
  override get availabilityZones(): string[] {
    const { availabilityZones } = this.props.config;
    return typeof availabilityZones === 'number'
      ? Array.from({ length: availabilityZones }, (_, index) => Fn.select(index, Fn.getAzs()))
      : [...availabilityZones];
  }

  private output(id: string, description: string, value: string): void {
    new CfnOutput(this, id, { description, value });
  }
}
