import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';

export interface ServiceAccountRoleProps {
  /** The cluster whose pods may assume the role. */
  readonly cluster: FargateOnlyCluster;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** ServiceAccount that the pods run as. */
  readonly serviceAccount: string;
}

/**
 * What the pods of one Kubernetes ServiceAccount may do in AWS. No other pod may assume the role, and no other cluster's.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export class ServiceAccountRole extends iam.Role {
  constructor(scope: Construct, id: string, { cluster, namespace, serviceAccount }: ServiceAccountRoleProps) {
    const { openIdConnectProviderArn, openIdConnectProviderIssuer } = cluster.cluster.openIdConnectProvider;
    super(scope, id, {
      description: `Pods of the ServiceAccount ${namespace}/${serviceAccount}`,
      assumedBy: new iam.WebIdentityPrincipal(openIdConnectProviderArn, {
        StringEquals: {
          [`${openIdConnectProviderIssuer}:aud`]: 'sts.amazonaws.com',
          [`${openIdConnectProviderIssuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
        },
      }),
    });
    // CloudFormation allows no function in a key, and the issuer is known only once the cluster is there. It accepts the
    // document as text, in which a key is text like any other; CDK's CfnJson would need a Lambda function for it.
    const resource = this.node.defaultChild as iam.CfnRole;
    resource.assumeRolePolicyDocument = Stack.of(this).toJsonString(resource.assumeRolePolicyDocument);
    cluster.plan.addServiceAccount({ namespace, name: serviceAccount }, this);
  }
}
