import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge, awsManagedPolicy } from '../../synthesis/acknowledge';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { customKind } from '../workload/custom-kind';
import { ClosedPods, type Closing } from './closed-pods';
import { closingProblems } from './closing-problems';

/** EKS serves it in every cluster. */
const securityGroupPolicyDefinition = customKind({
  group: 'vpcresources.k8s.aws',
  version: 'v1beta1',
  kind: 'SecurityGroupPolicy',
  plural: 'securitygrouppolicies',
});

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
  private readonly closings: Closing[] = [];

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

  /**
   * Closes pods of a workload to all others but those that are named.
   *
   * @returns the closed pods, to name them as clients of others.
   */
  close(id: string, closing: Closing): ClosedPods {
    this.closings.push(closing);
    const closed = new ClosedPods(this, id, { ...closing, ...this.props });
    closed.node.addValidation({
      validate: () => closingProblems(this.props.cluster.plan, closing, this.closings),
    });
    return closed;
  }
}
