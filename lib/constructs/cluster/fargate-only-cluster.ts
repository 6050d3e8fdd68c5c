import { Annotations } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import {
  kubernetesRelease,
  supportWarning,
  supportWarningId,
  type KubernetesRelease,
} from '../../config/kubernetes-releases';
import { checkProfiles } from '../../fargate/check-profiles';
import type { FargateProfile } from '../../fargate/sizing/profile';
import { acknowledge, awsManagedPolicy, inlinePolicy } from '../../synthesis/acknowledge';
import { FargatePlan } from '../../synthesis/fargate-plan';
import { reportFindings } from '../../synthesis/report-findings';
import { markChecked, warnOfUncheckedResources } from '../../synthesis/unchecked-resources';
import { UserError } from '../../user-error';
import type { LogGroups } from '../logs/log-groups';
import type { HttpProxy } from '../network/proxy';
import { ApiSecurityGroup } from './api-security-group';
import { ClusterAccess } from './cluster-access';
import { ClusterRole } from './cluster-role';
import { ContentNamedProfile } from './content-named-profile';
import { CoreDns, systemProfile } from './core-dns';
import { KubeProxy } from './kube-proxy';
import { KubectlHandler } from './kubectl-handler';
import { PodExecutionRole } from './pod-execution-role';
import { PodPrerequisites } from './pod-prerequisites';

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
  /** ARNs of the IAM roles and users that administer the cluster. */
  readonly adminArns: readonly string[];
  /** Whether EKS refuses to delete the cluster. */
  readonly deletionProtection: boolean;
  /** Encrypts Kubernetes Secrets. */
  readonly encryptionKey: IKey;
  /** Makes the log groups of control plane and kubectl handler. */
  readonly logGroups: LogGroups;
  /** Log group that pods write to. */
  readonly podLogGroup: ILogGroup;
  /** Whether pods have a way to the internet, and to public registries. */
  readonly internet: boolean;
  /** Whether Argo CD applies the charts of workloads, and the stack does not. */
  readonly gitOps: boolean;
  /**
   * Host of the registry in Amazon ECR that has copies of the Helm charts and images of the blocks.
   *
   * @default - they come from their authors
   */
  readonly registry?: string;
  /**
   * Between the VPC and the internet.
   *
   * @default - no proxy
   */
  readonly proxy?: HttpProxy;
}

/** An EKS cluster without a single EC2 node: control plane, access, and CoreDNS on Fargate. */
export class FargateOnlyCluster extends Construct {
  /** The cluster. */
  readonly cluster: eks.Cluster;
  /** All that runs on it, as the Fargate rules see it. */
  readonly plan: FargatePlan;
  /** Of the API server alone. The security group that EKS makes is that of the pods as well. */
  readonly apiSecurityGroup: ec2.ISecurityGroup;
  /** Who may use it. */
  readonly access: ClusterAccess;
  /** Whether Argo CD applies the charts of workloads. */
  readonly gitOps: boolean;
  /** What every pod waits for: profiles, logging, CoreDNS. */
  readonly podPrerequisites = new PodPrerequisites();
  /** Host of the registry that the blocks install from; undefined where they install what their authors publish. */
  readonly registry: string | undefined;
  /** What pods reach the internet through, for the environment of their containers; undefined where they need none. */
  readonly proxy: HttpProxy | undefined;

  private readonly vpc: ec2.IVpc;
  private readonly privateSubnets: ec2.SubnetSelection;
  private readonly podLogGroup: ILogGroup;
  private readonly profiles = new Map<FargateProfile, ContentNamedProfile>();

  constructor(scope: Construct, id: string, props: FargateOnlyClusterProps) {
    super(scope, id);

    this.vpc = props.vpc;
    this.gitOps = props.gitOps;
    this.privateSubnets = props.privateSubnets;
    this.podLogGroup = props.podLogGroup;
    this.registry = props.registry;
    this.proxy = props.proxy;
    this.plan = new FargatePlan(props.clusterName, props.kubernetesVersion, props.internet);
    reportFindings(this, () => checkProfiles(this.plan.profiles));
    warnOfUncheckedResources(this);

    const release = kubernetesRelease(props.kubernetesVersion);
    this.warnOfEndingSupport(release);
    const kubectl = new KubectlHandler(this, 'KubectlHandler', {
      clusterName: props.clusterName,
      release,
      vpc: props.vpc,
      logGroups: props.logGroups,
      registry: props.registry,
      proxy: props.proxy,
    });
    // Before the cluster, with its rule.
    this.apiSecurityGroup = new ApiSecurityGroup(this, 'ControlPlaneSecurityGroup', {
      vpc: props.vpc,
      handler: kubectl.securityGroup,
    });
    this.cluster = this.createCluster(release, props, kubectl);
    const { cluster, plan } = this;
    this.access = new ClusterAccess(this, 'Access', { cluster, adminArns: props.adminArns });
    this.addProfile('SystemProfile', systemProfile);
    const kubeProxy = new KubeProxy(this, 'KubeProxy', { cluster });
    this.podPrerequisites.addPods(new CoreDns(this, 'CoreDns', { cluster, plan, kubeProxy }));
  }

  /**
   * Adds a Fargate profile with a pod execution role of its own. The same profile object given again is added once.
   *
   * EKS creates one profile at a time: each waits for the one before, up to several minutes (docs/deploy-cost.md).
   *
   * @param subnets where its pods go; by default all private subnets.
   * @returns the profile, which is called like `profile` with a suffix that follows its content.
   * @throws UserError if EKS allows no such name, or if it has no selector, or more than EKS allows.
   */
  addProfile(
    id: string,
    profile: FargateProfile,
    subnets: ec2.SubnetSelection = this.privateSubnets,
  ): ContentNamedProfile {
    const existing = this.profiles.get(profile);
    if (existing) {
      return existing;
    }
    // Said here of the name without suffix, and because CDK, which throws too, does not say which profile.
    const refused = checkProfiles([profile]).filter(({ severity }) => severity === 'error');
    if (refused.length > 0) {
      throw new UserError(refused.map(({ message }) => message));
    }
    const role = new PodExecutionRole(this, `${id}Role`, {
      clusterName: this.plan.clusterName,
      podLogGroup: this.podLogGroup,
    });
    const created = new ContentNamedProfile(this, id, {
      profile,
      cluster: this.cluster,
      podExecutionRole: role,
      vpc: this.vpc,
      subnetSelection: subnets,
    });
    this.profiles.set(profile, created);
    this.plan.addProfile(
      { ...profile, name: created.fargateProfileName },
      {
        podExecutionRole: role,
        subnets: this.vpc.selectSubnets(subnets).subnets,
      },
    );
    markChecked(created);
    this.podPrerequisites.add(created);
    return created;
  }

  private warnOfEndingSupport(release: KubernetesRelease): void {
    const warning = supportWarning(release, new Date());
    if (warning) {
      Annotations.of(this).addWarningV2(`eks-fargate:${supportWarningId}`, warning);
    }
  }

  private createCluster(
    release: KubernetesRelease,
    props: FargateOnlyClusterProps,
    kubectl: KubectlHandler,
  ): eks.Cluster {
    const { clusterName, vpc, privateSubnets, apiAccessCidrs, encryptionKey, logGroups } = props;
    const cluster = new eks.Cluster(this, 'Resource', {
      clusterName,
      version: eks.KubernetesVersion.of(release.version),
      role: new ClusterRole(this, 'Role', { clusterName }),
      vpc,
      vpcSubnets: [privateSubnets],
      securityGroup: this.apiSecurityGroup,
      endpointAccess:
        apiAccessCidrs.length > 0
          ? eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(...apiAccessCidrs)
          : eks.EndpointAccess.PRIVATE,
      clusterLogging: Object.values(eks.ClusterLoggingTypes),
      secretsEncryptionKey: encryptionKey,
      bootstrapClusterCreatorAdminPermissions: false,
      // vpc-cni, kube-proxy and CoreDNS for EC2 nodes. What Fargate needs of them is added below as add-ons.
      bootstrapSelfManagedAddons: false,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      outputConfigCommand: false,
      kubectlProviderOptions: kubectl.createOptions(),
    });
    const resource = cluster.node.defaultChild as eks.CfnCluster;
    // Written when empty too: a template without a property that the one before had fails, and the endpoint stays open.
    // https://github.com/aws/aws-cdk/issues/37926
    resource.addPropertyOverride('ResourcesVpcConfig.PublicAccessCidrs', apiAccessCidrs);
    // The default, EXTENDED, keeps an old version running at six times the price.
    resource.upgradePolicy = { supportType: 'STANDARD' };
    resource.deletionProtection = props.deletionProtection;
    // EKS creates the group itself, without retention or encryption, if it is not there first.
    const logs = logGroups.create(this, 'ControlPlaneLogs', 'cluster');
    logs.deleteAfter(vpc, kubectl.securityGroup);
    // The rule of the security group is a resource of its own: the handler calls the API server as soon as there is one.
    resource.node.addDependency(logs, this.apiSecurityGroup);
    // https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
    encryptionKey
      .grant(cluster.role, 'kms:Encrypt', 'kms:Decrypt', 'kms:ListGrants', 'kms:DescribeKey')
      .applyBefore(resource);
    kubectl.complete(cluster);
    this.acknowledgeFindings();
    return cluster;
  }

  private acknowledgeFindings(): void {
    acknowledge(this, [
      {
        id: 'CloudFormation-Validate::W9009',
        reason:
          'aws-cdk-lib sets the deprecated property EncryptionConfig.Resources; its only value is secrets.',
        at: ['Resource/Resource'],
      },
      {
        id: awsManagedPolicy('AmazonEKSClusterPolicy'),
        reason:
          'EKS documents this policy for the role, and AWS extends it when the control plane needs more.',
        at: ['Role/Resource'],
      },
      { ...inlinePolicy, at: ['Role/DefaultPolicy/Resource'] },
    ]);
  }
}
