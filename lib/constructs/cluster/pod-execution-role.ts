import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge, awsManagedPolicy, inlinePolicy } from '../../synthesis/acknowledge';
import { sourceBoundPrincipal } from '../source-bound-principal';

export interface PodExecutionRoleProps {
  /** Name of the cluster whose Fargate profiles may use the role. */
  readonly clusterName: string;
  /** Log group that the log router of the pods writes to. */
  readonly podLogGroup: ILogGroup;
}

/**
 * What Fargate does on behalf of a pod: registers the node, pulls images from ECR, ships logs.
 * The containers themselves never see this role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html
 */
export class PodExecutionRole extends iam.Role {
  constructor(scope: Construct, id: string, props: PodExecutionRoleProps) {
    super(scope, id, {
      description: `Fargate pods of the EKS cluster ${props.clusterName}`,
      assumedBy: sourceBoundPrincipal(scope, 'eks-fargate-pods.amazonaws.com', {
        service: 'eks',
        resource: 'fargateprofile',
        resourceName: `${props.clusterName}/*`,
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSFargatePodExecutionRolePolicy')],
      inlinePolicies: {
        // CreateLogGroup and PutRetentionPolicy are not among them: the stack owns the group.
        PodLogs: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
              resources: [props.podLogGroup.logGroupArn],
            }),
          ],
        }),
      },
    });
    acknowledge(this, [
      {
        id: awsManagedPolicy('AmazonEKSFargatePodExecutionRolePolicy'),
        reason: 'EKS documents this policy for the role, and AWS extends it when Fargate needs more.',
        at: ['Resource'],
      },
      { ...inlinePolicy, at: ['Resource'] },
    ]);
  }
}
