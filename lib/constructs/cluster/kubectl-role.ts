import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface KubectlRoleProps {
  /** Name of the cluster that kubectl talks to. */
  readonly clusterName: string;
}

/**
 * What the handler that runs kubectl may do in AWS: find the cluster, and have network interfaces and logs.
 * What it may do in the cluster, its access entry says.
 *
 * CDK's own role reads every image of the account besides. A fork that installs Helm charts from ECR adds
 * `AmazonEC2ContainerRegistryReadOnly`.
 */
export class KubectlRole extends iam.Role {
  constructor(scope: Construct, id: string, { clusterName }: KubectlRoleProps) {
    super(scope, id, {
      description: `kubectl handler of the EKS cluster ${clusterName}`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole'),
      ],
      inlinePolicies: {
        Kubeconfig: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: ['eks:DescribeCluster'],
              resources: [
                Stack.of(scope).formatArn({ service: 'eks', resource: 'cluster', resourceName: clusterName }),
              ],
            }),
          ],
        }),
      },
    });
  }
}
