import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge, inlinePolicy } from '../../synthesis/acknowledge';

export interface ClusterAccessProps {
  /** The cluster to open. */
  readonly cluster: eks.Cluster;
  /**
   * IAM role that administers the cluster.
   *
   * @default - a new role
   */
  readonly adminRoleArn?: string;
}

/** Lets one IAM role administer the cluster, through an EKS access entry. */
export class ClusterAccess extends Construct {
  /** The role that was made; undefined where one was given. */
  readonly createdRole: iam.IRole | undefined;

  constructor(scope: Construct, id: string, props: ClusterAccessProps) {
    super(scope, id);

    this.createdRole = props.adminRoleArn ? undefined : this.createRole(props.cluster);
    new eks.AccessEntry(this, 'Admin', {
      cluster: props.cluster,
      principal: props.adminRoleArn ?? this.createdRole!.roleArn,
      accessPolicies: [
        eks.AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', {
          accessScopeType: eks.AccessScopeType.CLUSTER,
        }),
      ],
    });
    acknowledge(this, [{ ...inlinePolicy, at: ['AdminRole/DefaultPolicy/Resource'] }]);
  }

  /** Principals of the account may assume it where their own policies let them. */
  private createRole(cluster: eks.Cluster): iam.Role {
    const role = new iam.Role(this, 'AdminRole', {
      description: 'Administers the EKS cluster',
      assumedBy: new iam.AccountRootPrincipal(),
    });
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['eks:DescribeCluster'], resources: [cluster.clusterArn] }),
    );
    return role;
  }
}
