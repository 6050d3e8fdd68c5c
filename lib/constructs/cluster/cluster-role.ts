import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { sourceBoundPrincipal } from '../source-bound-principal';

export interface ClusterRoleProps {
  /** Name of the only cluster that may use the role. */
  readonly clusterName: string;
}

/**
 * What the EKS control plane may do in the account.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cross-service-confused-deputy-prevention.html
 */
export class ClusterRole extends iam.Role {
  constructor(scope: Construct, id: string, { clusterName }: ClusterRoleProps) {
    super(scope, id, {
      description: `Control plane of the EKS cluster ${clusterName}`,
      assumedBy: sourceBoundPrincipal(scope, 'eks.amazonaws.com', {
        service: 'eks',
        resource: 'cluster',
        resourceName: clusterName,
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')],
    });
  }
}
