import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge, inlinePolicy, networkInterfaces } from '../../synthesis/acknowledge';
import { functionInVpc } from './function-in-vpc';

export interface KubectlRoleProps {
  /** Name of the cluster that kubectl talks to. */
  readonly clusterName: string;
  /** Log group that the handler writes to. */
  readonly logGroup: ILogGroup;
}

/**
 * What the handler that runs kubectl may do in AWS: find the cluster, and have network interfaces and logs.
 * What it may do in the cluster, its access entry says.
 *
 * CDK's own role may also read every image of the account. A fork that installs Helm charts from ECR adds
 * `AmazonEC2ContainerRegistryReadOnly`.
 */
export class KubectlRole extends iam.Role {
  constructor(scope: Construct, id: string, { clusterName, logGroup }: KubectlRoleProps) {
    super(scope, id, {
      description: `kubectl handler of the EKS cluster ${clusterName}`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        ...functionInVpc(scope, logGroup),
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
    acknowledge(this, [
      { ...networkInterfaces, at: ['Resource'] },
      { ...inlinePolicy, at: ['Resource'] },
    ]);
  }
}
