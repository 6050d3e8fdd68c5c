import { Annotations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import { acknowledge, clusterFindings } from '../../synthesis/acknowledged-findings';
import { ClusterAccess } from './cluster-access';
import { ClusterRole } from './cluster-role';
import { EncryptedLogGroup } from '../logs/encrypted-log-group';
import { checkProfiles } from '../../fargate/check-profiles';
import type { FargateProfile } from '../../fargate/sizing/profile';
import { FargatePlan } from '../../synthesis/fargate-plan';
import { sendHandlerLogs } from '../logs/handler-logs';
import { kubectlLayer } from './kubectl-layer';
import { KubectlRole } from './kubectl-role';
import { kubernetesRelease, supportWarningId, supportWarning } from '../../config/kubernetes-releases';
import { PodExecutionRole } from './pod-execution-role';
import { reportFindings } from '../../synthesis/report-findings';
import { markChecked, warnOfUncheckedResources } from '../../synthesis/unchecked-resources';
import { UserError } from '../../user-error';

export interface FargateOnlyClusterProps {
  /** Name of the cluster: fixed, because roles, key and log groups that must exist before it are scoped to it. */
  readonly clusterName: string;
  /** Kubernetes minor version, one of the table in lib/config/kubernetes-releases.ts. */
  readonly kubernetesVersion: string;
  /** The VPC. */
  readonly vpc: ec2.IVpc;
  /** Where pods and the control plane's network interfaces go. */
  readonly privateSubnets: ec2.SubnetSelection;
  /** Public IPv4 ranges that may reach the API server; none means that it has no public endpoint. */
  readonly apiAccessCidrs: readonly string[];
  /** IAM role that administers the cluster; undefined makes one. */
  readonly adminRoleArn: string | undefined;
  /** Whether EKS refuses to delete the cluster. */
  readonly deletionProtection: boolean;
  /** Encrypts Kubernetes Secrets and the control plane's logs. */
  readonly encryptionKey: IKey;
  /** How long control-plane logs are kept, in days. */
  readonly logRetention: RetentionDays;
  /** Log group that pods write to. */
  readonly podLogGroup: ILogGroup;
  /** Fargate profile that takes CoreDNS: pods in `kube-system` with the label `k8s-app: kube-dns`. */
  readonly systemProfile: FargateProfile;
}

/** CoreDNS: two replicas, and with 256M each, which with Fargate's own 256 MiB fill the smallest size. */
const coreDns = {
  replicas: 2,
  labels: { 'k8s-app': 'kube-dns' },
  resources: {
    requests: { cpu: '0.25', memory: '256M' },
    limits: { cpu: '0.25', memory: '256M' },
  },
};

/** An EKS cluster without a single EC2 node: control plane, access, and CoreDNS on Fargate. */
export class FargateOnlyCluster extends Construct {
  /** The cluster. */
  readonly cluster: eks.Cluster;
  /** All that runs on it, as the Fargate rules see it. */
  readonly plan: FargatePlan;
  /** The role that was made to administer the cluster; undefined where one was given. */
  readonly createdAdminRole: IRole | undefined;
  /** Wait for it before a pod starts: every profile, CoreDNS, and what {@link requireBeforePods} adds. */
  readonly readyForPods: IDependable;

  private readonly beforePods = new DependencyGroup();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FargateOnlyClusterProps,
  ) {
    super(scope, id);

    this.plan = new FargatePlan(props.kubernetesVersion);
    reportFindings(this, () => checkProfiles(this.plan.profiles));
    warnOfUncheckedResources(this);
    this.cluster = this.createCluster();
    this.createdAdminRole = new ClusterAccess(this, 'Access', {
      cluster: this.cluster,
      adminRoleArn: props.adminRoleArn,
    }).createdRole;

    this.addProfile('SystemProfile', props.systemProfile);
    this.readyForPods = new DependencyGroup(this.beforePods, this.createCoreDns());
    acknowledge(this, clusterFindings);
  }

  /**
   * Adds a Fargate profile with a pod execution role of its own.
   *
   * EKS creates one profile at a time: each waits for the one before, some two minutes.
   *
   * @throws UserError if it has no selector, or more than a profile takes.
   */
  addProfile(id: string, profile: FargateProfile): eks.FargateProfile {
    // Said here because CDK, which throws too, does not say which profile.
    const refused = checkProfiles([profile]).filter(({ rule }) => rule === 'profile-selectors');
    if (refused.length > 0) {
      throw new UserError(refused.map(({ message }) => message));
    }

    const created = new eks.FargateProfile(this, id, {
      cluster: this.cluster,
      fargateProfileName: profile.name,
      selectors: profile.selectors.map(({ namespace, labels }) => ({ namespace, labels: { ...labels } })),
      podExecutionRole: new PodExecutionRole(this, `${id}Role`, this.props),
      // Without `vpc`, the construct ignores `subnetSelection`.
      vpc: this.props.vpc,
      subnetSelection: this.props.privateSubnets,
    });
    this.plan.addProfile(profile);
    markChecked(created);
    this.requireBeforePods(created);
    return created;
  }

  /** Makes every pod, CoreDNS included, wait for something. */
  requireBeforePods(dependable: IDependable): void {
    this.beforePods.add(dependable);
  }

  private createCluster(): eks.Cluster {
    const { props } = this;
    const release = kubernetesRelease(props.kubernetesVersion);
    const warning = supportWarning(release, new Date());
    if (warning) {
      Annotations.of(this).addWarningV2(`eks-fargate:${supportWarningId}`, warning);
    }

    const kubectlRole = new KubectlRole(this, 'KubectlRole', props);
    const handlerSecurityGroup = this.createHandlerSecurityGroup();
    const securityGroup = this.createControlPlaneSecurityGroup(handlerSecurityGroup);
    const cluster = new eks.Cluster(this, 'Resource', {
      clusterName: props.clusterName,
      version: eks.KubernetesVersion.of(release.version),
      role: new ClusterRole(this, 'Role', props),
      vpc: props.vpc,
      vpcSubnets: [props.privateSubnets],
      securityGroup,
      endpointAccess:
        props.apiAccessCidrs.length > 0
          ? eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(...props.apiAccessCidrs)
          : eks.EndpointAccess.PRIVATE,
      clusterLogging: Object.values(eks.ClusterLoggingTypes),
      secretsEncryptionKey: props.encryptionKey,
      bootstrapClusterCreatorAdminPermissions: false,
      // vpc-cni, kube-proxy and CoreDNS for EC2: none of them runs on Fargate nodes, which bring their own.
      bootstrapSelfManagedAddons: false,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      outputConfigCommand: false,
      kubectlProviderOptions: {
        kubectlLayer: kubectlLayer(this, 'Kubectl', release),
        // As it is: CDK would let it read every image of the account.
        role: kubectlRole.withoutPolicyUpdates(),
        securityGroups: [handlerSecurityGroup],
      },
    });
    // The condition of a permission that the kubectl role does not take.
    this.node.tryRemoveChild('HasEcrPublic');
    const resource = cluster.node.defaultChild as eks.CfnCluster;
    // The default, EXTENDED, keeps an old version running at six times the price.
    resource.upgradePolicy = { supportType: 'STANDARD' };
    resource.deletionProtection = props.deletionProtection;
    resource.node.addDependency(
      // EKS creates the group itself, without retention or encryption, if it is not there first.
      this.createLogGroup('ControlPlaneLogs', 'cluster'),
      // Its rule too, which is a resource of its own: the handler calls the API server as soon as there is one.
      securityGroup,
    );
    sendHandlerLogs(cluster, this.createLogGroup('KubectlLogs', 'kubectl'));
    // https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
    props.encryptionKey
      .grant(cluster.role, 'kms:Encrypt', 'kms:Decrypt', 'kms:ListGrants', 'kms:DescribeKey')
      .applyBefore(resource);
    return cluster;
  }

  private createLogGroup(id: string, name: string): EncryptedLogGroup {
    const logGroup = new EncryptedLogGroup(this, id, {
      logGroupName: `/aws/eks/${this.props.clusterName}/${name}`,
      encryptionKey: this.props.encryptionKey,
      retention: this.props.logRetention,
    });
    logGroup.deleteAfter(this.props.vpc);
    return logGroup;
  }

  /** The Lambda functions that run kubectl: they talk HTTPS to the API server and to AWS, and nobody talks to them. */
  private createHandlerSecurityGroup(): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'KubectlSecurityGroup', {
      vpc: this.props.vpc,
      description: 'kubectl handler of the EKS cluster',
      allowAllOutbound: false,
    });
    group.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.HTTPS,
      'Kubernetes API, EKS, Lambda, and S3 for the answers to CloudFormation',
    );
    return group;
  }

  /** Besides the security group that EKS makes for control plane and pods. Created before the cluster, rule included. */
  private createControlPlaneSecurityGroup(handler: ec2.SecurityGroup): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'ControlPlaneSecurityGroup', {
      vpc: this.props.vpc,
      description: 'API server of the EKS cluster',
      allowAllOutbound: false,
    });
    group.addIngressRule(handler, ec2.Port.HTTPS, 'kubectl handler');
    return group;
  }

  private createCoreDns(): eks.Addon {
    const addon = new eks.Addon(this, 'CoreDns', {
      cluster: this.cluster,
      addonName: 'coredns',
      configurationValues: {
        computeType: 'Fargate',
        replicaCount: coreDns.replicas,
        resources: coreDns.resources,
      },
      // There is nothing left to serve names to when it goes.
      preserveOnDelete: false,
    });
    // A pod that is Pending for want of a profile stays so: the profile comes first.
    addon.node.addDependency(this.beforePods);
    // EKS applies it, so it is only predicted here: that a profile takes it, and its size.
    this.plan.addObjects(addon, [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'coredns', namespace: 'kube-system' },
        spec: {
          replicas: coreDns.replicas,
          template: {
            metadata: { labels: coreDns.labels },
            spec: { containers: [{ name: 'coredns', resources: coreDns.resources }] },
          },
        },
      },
    ]);
    reportFindings(addon, () => this.plan.findingsOf(addon));
    markChecked(addon);
    return addon;
  }
}
