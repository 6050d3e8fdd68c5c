import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** The permissions that AWSLambdaVPCAccessExecutionRole gives for the network, which know no narrower resource. */
const networkActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * What a Lambda function in a VPC needs, in place of AWSLambdaVPCAccessExecutionRole: logs in one group, and network
 * interfaces for Lambda itself. The code of a function may not touch the network: its calls name the function they come
 * from, those of Lambda do not.
 *
 * @param scope a construct of the stack of the function.
 * @param logGroup the group that the function writes to. It exists: the function may not create it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function functionInVpc(
  scope: Construct,
  logGroup: ILogGroup,
): Record<'Logs' | 'Network', PolicyDocument> {
  const anyFunction = Stack.of(scope).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return {
    Logs: new PolicyDocument({
      statements: [
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
      ],
    }),
    Network: new PolicyDocument({
      statements: [
        new PolicyStatement({ actions: networkActions, resources: ['*'] }),
        new PolicyStatement({
          effect: Effect.DENY,
          actions: networkActions,
          resources: ['*'],
          conditions: { ArnLike: { 'lambda:SourceFunctionArn': anyFunction } },
        }),
      ],
    }),
  };
}
