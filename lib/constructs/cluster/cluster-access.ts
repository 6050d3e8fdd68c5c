import { Annotations } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';

export interface ClusterAccessProps {
  /** The cluster to open. */
  readonly cluster: eks.Cluster;
  /** ARNs of the IAM roles and users that administer it. */
  readonly adminArns: readonly string[];
}

/** Lets IAM roles and users administer the cluster, through an EKS access entry each. */
export class ClusterAccess extends Construct {
  constructor(scope: Construct, id: string, { cluster, adminArns }: ClusterAccessProps) {
    super(scope, id);

    for (const arn of adminArns) {
      // The ARN is the id: EKS has one entry for each, and CloudFormation would fail to swap two.
      new eks.AccessEntry(this, arn, {
        cluster,
        principal: arn,
        accessPolicies: [
          eks.AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', {
            accessScopeType: eks.AccessScopeType.CLUSTER,
          }),
        ],
      });
    }
    if (adminArns.length === 0) {
      // No warning: the first deploy is sound, and CI with --strict passes.
      Annotations.of(this).addInfoV2(
        'eks-fargate:no-admin',
        "nobody can use the cluster yet, because no IAM role or user has an access entry. Write clusterAdminArns: ['arn:aws:iam::111122223333:role/Admin'], with an ARN of yours, into lib/config/environments.ts.",
      );
    }
  }
}
