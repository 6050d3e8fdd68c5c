import { Annotations, Lazy, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { principalsProblem } from '../../config/principals';
import { UserError } from '../../user-error';
import { quote } from '../../wording';

export interface ClusterAccessProps {
  /** The cluster to open. */
  readonly cluster: eks.Cluster;
  /** ARNs of the IAM roles and users that administer it. */
  readonly adminArns: readonly string[];
}

/** Lets IAM roles and users use the cluster, through an EKS access entry each. */
export class ClusterAccess extends Construct {
  /** The namespaces of each role or user that works in some only. */
  private readonly namespacesOf = new Map<string, string[]>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterAccessProps,
  ) {
    super(scope, id);

    for (const arn of props.adminArns) {
      this.addEntry(arn, 'AmazonEKSClusterAdminPolicy', {
        accessScopeType: eks.AccessScopeType.CLUSTER,
      });
    }
    if (props.adminArns.length === 0) {
      // No warning: the first deploy is sound, and CI with --strict passes.
      Annotations.of(this).addInfoV2(
        'eks-fargate:no-admin',
        "nobody administers the cluster yet, because no IAM role or user has an access entry for all of it. Write clusterAdminArns: ['arn:aws:iam::111122223333:role/Admin'], with an ARN of yours, into lib/config/environments.ts.",
      );
    }
  }

  /**
   * Lets IAM roles and users work in a namespace: with pods, Deployments, Services, Secrets and the like, not with the
   * labels of the namespace, its quota, or RBAC.
   *
   * @throws UserError if one of them is no ARN of a role or user, is named twice, or administers the cluster.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
   */
  admitTeam(namespace: string, arns: readonly string[]): void {
    const problem = arns.some((arn) => Token.isUnresolved(arn))
      ? `namespace ${namespace}: teamArns has an ARN that is known at deploy time only, such as that of a role of a stack, and an access entry is called after its ARN. Write the ARN itself, as arn:aws:iam::111122223333:role/Shop`
      : principalsProblem(`namespace ${namespace}: teamArns`, arns);
    if (problem) {
      throw new UserError([problem]);
    }
    for (const arn of arns) {
      if (this.props.adminArns.includes(arn)) {
        throw new UserError([
          `${quote(arn)} is in clusterAdminArns, and in the team of the namespace ${namespace}: EKS has one access entry for each, and as an administrator it may do all of this already. Remove it from one of the two`,
        ]);
      }
      const namespaces = this.namespacesOf.get(arn);
      if (namespaces) {
        namespaces.push(namespace);
      } else {
        const own = [namespace];
        this.namespacesOf.set(arn, own);
        // The policy is associated once with each entry, so all namespaces of a team are in it.
        this.addEntry(arn, 'AmazonEKSEditPolicy', {
          accessScopeType: eks.AccessScopeType.NAMESPACE,
          namespaces: Lazy.list({ produce: () => own }),
        });
      }
    }
  }

  private addEntry(arn: string, policy: string, options: eks.AccessPolicyNameOptions): void {
    // The ARN is the id: EKS has one entry for each, and CloudFormation would fail to swap two.
    new eks.AccessEntry(this, arn, {
      cluster: this.props.cluster,
      principal: arn,
      accessPolicies: [eks.AccessPolicy.fromAccessPolicyName(policy, options)],
    });
  }
}
