import { Lazy } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ArgoCdSettings } from '../../config/argo-cd-settings';
import type { Manifest } from '../../fargate/manifest/manifest';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import type { Network } from '../network/network';
import { kindsThatItMayNotWrite } from './edit-policy';

/** Where Argo CD keeps its own objects. */
const namespace = 'argocd';

export interface ArgoCdProps extends ArgoCdSettings {
  /** The cluster that it deploys to. */
  readonly cluster: FargateOnlyCluster;
  /** The network of the cluster. */
  readonly network: Network;
}

/**
 * Argo CD as an EKS Capability: AWS runs it outside the cluster, so no pod and no Fargate profile is needed. It may read all
 * of the cluster, which it requires, and change the namespaces of workloads. Its user interface is public, but in a new VPC
 * without a way to the internet, where an endpoint leads to it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/argocd.html
 */
export class ArgoCd extends Construct {
  /** Address of its user interface. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: ArgoCdProps) {
    super(scope, id);

    const { cluster, plan } = props.cluster;
    const vpceIds = props.network.endpoints?.addFor('argoCd');
    const role = new iam.Role(this, 'Role', {
      description: `Argo CD of the EKS cluster ${plan.clusterName}`,
      // As AWS documents it. EKS checks the trust, and whether it accepts a condition is unverified.
      assumedBy: new iam.ServicePrincipal('capabilities.eks.amazonaws.com').withSessionTags(),
    });
    const fromGit = () =>
      plan.objects.filter(({ appliedBy }) => appliedBy === 'git').flatMap(({ objects }) => objects);
    // EKS would make the entry with the first two policies, and CloudFormation could not add to it.
    const access = new eks.CfnAccessEntry(this, 'Access', {
      clusterName: cluster.clusterName,
      principalArn: role.roleArn,
      accessPolicies: Lazy.any({
        produce: () => [
          everywhere('AmazonEKSArgoCDClusterPolicy'),
          ...within([namespace], 'AmazonEKSArgoCDPolicy'),
          everywhere('AmazonEKSAdminViewPolicy'),
          ...within(namespacesOf(fromGit()), 'AmazonEKSEditPolicy'),
        ],
      }),
    });
    const capability = new eks.CfnCapability(this, 'Capability', {
      clusterName: cluster.clusterName,
      capabilityName: 'argocd',
      type: 'ARGOCD',
      roleArn: role.roleArn,
      // The only policy that there is: what Argo CD applied stays when it goes.
      deletePropagationPolicy: 'RETAIN',
      configuration: {
        argoCd: {
          namespace,
          awsIdc: {
            idcInstanceArn: props.identityCenterArn,
            idcRegion: props.identityCenterRegion,
          },
          ...(vpceIds && { networkAccess: { vpceIds } }),
          rbacRoleMappings: [{ role: 'ADMIN', identities: [{ id: props.adminGroupId, type: 'SSO_GROUP' }] }],
        },
      },
    });
    capability.node.addDependency(access);
    this.url = capability.attrConfigurationArgoCdServerUrl;
    this.node.addValidation({ validate: () => kindsThatItMayNotWrite(fromGit()) });
  }
}

function everywhere(policy: string): eks.CfnAccessEntry.AccessPolicyProperty {
  return { policyArn: eks.AccessPolicyArn.of(policy).policyArn, accessScope: { type: 'cluster' } };
}

/** None for no namespaces, which EKS refuses. */
function within(namespaces: string[], policy: string): readonly eks.CfnAccessEntry.AccessPolicyProperty[] {
  return namespaces.length === 0
    ? []
    : [
        {
          policyArn: eks.AccessPolicyArn.of(policy).policyArn,
          accessScope: { type: 'namespace', namespaces },
        },
      ];
}

function namespacesOf(objects: readonly Manifest[]): string[] {
  return [...new Set(objects.flatMap(({ metadata }) => metadata?.namespace ?? []))];
}
