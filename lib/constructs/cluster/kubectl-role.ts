import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { chartFolder, placeOfRegistry } from '../../config/registry';
import { acknowledge, asCdkNagPrints, inlinePolicy, networkInterfaces } from '../../synthesis/acknowledge';
import { functionInVpc } from './function-in-vpc';

export interface KubectlRoleProps {
  /** Name of the cluster that kubectl talks to. */
  readonly clusterName: string;
  /** Log group that the handler writes to. */
  readonly logGroup: ILogGroup;
  /** Host of the registry in Amazon ECR whose charts it may read; undefined for none. */
  readonly registry: string | undefined;
}

/**
 * What the handler that runs kubectl may do in AWS: find the cluster, and have network interfaces and logs.
 * What it may do in the cluster, its access entry says.
 *
 * CDK's own role may also read every image of the account. This one may read the copies of Helm charts, where there are any.
 */
export class KubectlRole extends iam.Role {
  constructor(scope: Construct, id: string, { clusterName, logGroup, registry }: KubectlRoleProps) {
    const charts = registry === undefined ? undefined : chartRepositories(scope, registry);
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
        ...(charts && { Charts: readCharts(charts) }),
      },
    });
    acknowledge(this, [
      { ...networkInterfaces, at: ['Resource'] },
      { ...inlinePolicy, at: ['Resource'] },
      ...(charts === undefined
        ? []
        : [
            {
              id: `AwsSolutions-IAM5[Resource::${asCdkNagPrints(charts)}]`,
              reason: 'The repositories under it hold the copies of Helm charts, and nothing else.',
              at: ['Resource'],
            },
          ]),
    ]);
  }
}

/** The ARN of every repository for a copy of a chart. */
function chartRepositories(scope: Construct, registry: string): string {
  return Stack.of(scope).formatArn({
    service: 'ecr',
    ...placeOfRegistry(registry),
    resource: 'repository',
    resourceName: `${chartFolder}/*`,
  });
}

/**
 * To sign in, and to read.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
function readCharts(repositories: string): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      // It knows no resource, and gives a token for what the role may do.
      new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
      new iam.PolicyStatement({
        actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resources: [repositories],
      }),
    ],
  });
}
