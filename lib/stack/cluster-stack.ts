import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PlatformSettings } from '../config/platform-settings';
import { ClusterAlarms } from '../constructs/alarms/cluster-alarms';
import { MetricsServer } from '../constructs/autoscaling/metrics-server';
import { FargateOnlyCluster } from '../constructs/cluster/fargate-only-cluster';
import { ArgoCd } from '../constructs/gitops/argo-cd';
import { ClusterIngress } from '../constructs/ingress/cluster-ingress';
import { EncryptionKey } from '../constructs/logs/encryption-key';
import { LogGroups } from '../constructs/logs/log-groups';
import { Network } from '../constructs/network/network';
import { warnOfRefusedZone, zonesOfStack } from '../constructs/network/zones';
import { PodSecurityGroups } from '../constructs/pod-security-groups/pod-security-groups';
import { PodLogging } from '../constructs/pod-logging/pod-logging';
import type { PodZone } from '../constructs/pod-zones/pod-zone';
import { PodZones } from '../constructs/pod-zones/pod-zones';
import { ExternalSecrets } from '../constructs/secrets/external-secrets';
import { UserError } from '../user-error';
import { addOutputs } from './stack-outputs';

export interface ClusterStackProps extends StackProps {
  /** The settings of the cluster and its network. */
  readonly environment: PlatformSettings;
}

/** A Fargate-only cluster, from the VPC to the logs of its pods. A stack that extends it adds the workloads. */
export class ClusterStack extends Stack {
  /** The cluster and all that is planned to run on it. */
  readonly cluster: FargateOnlyCluster;
  /** The network, new or existing. */
  readonly network: Network;
  /** The load balancer in front of the cluster; undefined without the setting `ingress`. */
  readonly ingress: ClusterIngress | undefined;
  /** Closes pods to others; undefined without the setting `podSecurityGroups`. */
  readonly podSecurityGroups: PodSecurityGroups | undefined;

  private readonly secrets: ExternalSecrets | undefined;
  private readonly zones: PodZones | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterStackProps,
  ) {
    const { environment } = props;
    // EKS protects the control plane alone: CloudFormation would have deleted all that runs on it by then.
    super(scope, id, { ...props, terminationProtection: environment.deletionProtection });

    const clusterName = this.stackName;
    const encryptionKey = new EncryptionKey(this, 'EncryptionKey', { clusterName });
    const logGroups = new LogGroups({ clusterName, encryptionKey, retention: environment.logRetentionDays });

    this.network = new Network(this, 'Network', {
      cidr: environment.vpcCidr,
      natGateways: environment.natGateways,
      vpcId: environment.vpcId,
      httpsProxy: environment.httpsProxy,
      logGroups,
    });

    if (environment.vpcId === undefined) {
      warnOfRefusedZone(this, environment.availabilityZones);
    }
    const podLogGroup = logGroups.create(this, 'PodLogs', 'pods');

    this.cluster = new FargateOnlyCluster(this, 'Cluster', {
      clusterName,
      kubernetesVersion: environment.kubernetesVersion,
      vpc: this.network.vpc,
      privateSubnets: this.network.privateSubnets,
      apiAccessCidrs: environment.apiAccessCidrs,
      adminArns: environment.clusterAdminArns,
      deletionProtection: environment.deletionProtection,
      encryptionKey,
      logGroups,
      podLogGroup,
      internet: this.network.internet,
      gitOps: environment.gitOps ?? false,
      registry: environment.registry,
      proxy: this.network.proxy,
    });
    if (this.network.endpoints) {
      // The kubectl handler answers CloudFormation through them, to the last deletion.
      this.cluster.cluster.node.addDependency(this.network.endpoints);
    }

    new PodLogging(this, 'PodLogging', { cluster: this.cluster, logGroup: podLogGroup });
    if (environment.ingress) {
      this.ingress = new ClusterIngress(this, 'Ingress', {
        cluster: this.cluster,
        network: this.network,
        scheme: environment.ingress,
        cidrs: environment.ingressCidrs,
        certificateArn: environment.ingressCertificateArn,
        deletionProtection: environment.deletionProtection,
      });
    }
    if (environment.autoscaling) {
      new MetricsServer(this, 'MetricsServer', { cluster: this.cluster });
    }
    if (environment.podSecurityGroups) {
      this.podSecurityGroups = new PodSecurityGroups(this, 'PodSecurityGroups', {
        cluster: this.cluster,
        vpc: this.network.vpc,
      });
    }
    if (environment.externalSecrets) {
      this.secrets = new ExternalSecrets(this, 'ExternalSecrets', {
        cluster: this.cluster,
        network: this.network,
      });
    }
    if (environment.podZones) {
      this.zones = new PodZones(this, 'PodZones', { cluster: this.cluster, network: this.network });
    }
    if (environment.alarmEmail) {
      new ClusterAlarms(this, 'Alarms', { clusterName, encryptionKey, email: environment.alarmEmail });
    }
    const argoCd =
      environment.argoCd &&
      new ArgoCd(this, 'ArgoCd', { cluster: this.cluster, network: this.network, ...environment.argoCd });

    addOutputs(this, {
      ClusterName: clusterName,
      UpdateKubeconfigCommand: `aws eks update-kubeconfig --region ${this.region} --name ${clusterName}`,
      ApiSecurityGroupId: this.cluster.apiSecurityGroup.securityGroupId,
      PrivateSubnetIds: this.network.vpc.selectSubnets(this.network.privateSubnets).subnetIds.join(','),
      LogGroupName: podLogGroup.logGroupName,
      ...(this.ingress && { IngressUrl: this.ingress.url }),
      ...(argoCd && { ArgoCdUrl: argoCd.url }),
    });
  }

  /**
   * Gives pods secrets of AWS Secrets Manager.
   *
   * @throws UserError without the setting `externalSecrets`: pods that read a Secret do not start without it.
   */
  get externalSecrets(): ExternalSecrets {
    if (!this.secrets) {
      throw new UserError([
        `stack ${this.stackName} gives pods secrets of AWS Secrets Manager, and nothing would make them: set externalSecrets to true in its environment (docs/external-secrets.md)`,
      ]);
    }
    return this.secrets;
  }

  /**
   * The zones that pods can choose, each with the labels to write.
   *
   * @throws UserError without the setting `podZones`: there would be no profile for the labels.
   */
  get podZones(): readonly PodZone[] {
    if (!this.zones) {
      throw new UserError([
        `stack ${this.stackName} puts pods into zones, and has no profile in each: set podZones to true in its environment (docs/pod-zones.md)`,
      ]);
    }
    return this.zones.zones;
  }

  /**
   * The zones of the VPC: those that are configured, or the first of the region. CDK reads them while it builds the VPC.
   *
   * An environment-agnostic stack would offer two, whatever the VPC asks for. A looked-up VPC brings its own.
   */
  override get availabilityZones(): string[] {
    return zonesOfStack(this.props.environment.availabilityZones);
  }
}
