import { ArnFormat, Aws, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Percent of the quota that leave time to ask for more. */
const threshold = 80;

export interface QuotaAlarmProps {
  /** Where the alarm goes. */
  readonly topic: ITopic;
  /** Key of the topic. */
  readonly encryptionKey: IKey;
}

/**
 * Alarm on the quota of Fargate's vCPU, which all clusters of an account share in a region. Pods above it stay Pending.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/monitoring-fargate-usage.html
 */
export class QuotaAlarm extends Construct {
  constructor(scope: Construct, id: string, { topic, encryptionKey }: QuotaAlarmProps) {
    super(scope, id);

    const period = Duration.minutes(5);
    const usage = new cloudwatch.Metric({
      namespace: 'AWS/Usage',
      metricName: 'ResourceCount',
      dimensionsMap: { Service: 'Fargate', Type: 'Resource', Resource: 'vCPU', Class: 'Standard/OnDemand' },
      statistic: cloudwatch.Stats.MAXIMUM,
      period,
    });
    const alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmDescription: `Fargate uses ${threshold} % of the vCPU quota of this account and region: ask Service Quotas for more.`,
      metric: new cloudwatch.MathExpression({
        label: 'Percent of the quota',
        expression: 'usage / SERVICE_QUOTA(usage) * 100',
        usingMetrics: { usage },
        period,
      }),
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Where nothing runs there is no metric.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));

    const alarms = Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { ArnLike: { 'aws:SourceArn': alarm.alarmArn } },
      }),
    );
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    encryptionKey.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          // Not that one: the alarm names the topic, and the topic the key.
          ArnLike: { 'aws:SourceArn': alarms },
        },
      }),
    );
  }
}
