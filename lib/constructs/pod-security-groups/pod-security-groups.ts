import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Manifest } from '../../fargate/manifest/manifest';
import { acknowledge, awsManagedPolicy } from '../../synthesis/acknowledge';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { ClosedPods, type Closing } from './closed-pods';

/** The kind, as far as others need it: EKS serves it in every cluster. */
const securityGroupPolicyDefinition: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'securitygrouppolicies.vpcresources.k8s.aws' },
  spec: {
    group: 'vpcresources.k8s.aws',
    scope: 'Namespaced',
    names: {
      kind: 'SecurityGroupPolicy',
      plural: 'securitygrouppolicies',
      singular: 'securitygrouppolicy',
    },
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

const controllerPolicy = 'AmazonEKSVPCResourceController';

export interface PodSecurityGroupsProps {
  /** The cluster of the pods. */
  readonly cluster: FargateOnlyCluster;
  /** The VPC of the cluster. */
  readonly vpc: IVpc;
}

/**
 * Security groups for pods: what NetworkPolicy does elsewhere, and does not do on Fargate.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
 */
export class PodSecurityGroups extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PodSecurityGroupsProps,
  ) {
    super(scope, id);

    const { role } = props.cluster.cluster;
    role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(controllerPolicy));
    acknowledge(role, [
      {
        id: awsManagedPolicy(controllerPolicy),
        reason: 'EKS documents this policy for security groups for pods, and no narrower one.',
        at: ['Resource'],
      },
    ]);
    // As that of a chart: a cluster without EKS has to be given the kind first.
    props.cluster.plan.addObjects(this, { appliedBy: 'helm', objects: [securityGroupPolicyDefinition] });
  }

  /** Closes pods of a workload to all others but those that are named. */
  close(id: string, closing: Closing): void {
    new ClosedPods(this, id, { ...closing, ...this.props });
  }
}
