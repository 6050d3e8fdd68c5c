import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * Delivers the flow logs of this account and region; the log group it may write to is added by the flow log.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export class FlowLogRole extends iam.Role {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Delivers the flow logs of the VPC',
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          // The ID of a flow log is not known before it is made, which needs the role.
          ArnLike: {
            'aws:SourceArn': Stack.of(scope).formatArn({
              service: 'ec2',
              resource: 'vpc-flow-log',
              resourceName: '*',
            }),
          },
        },
      }),
    });
  }
}
