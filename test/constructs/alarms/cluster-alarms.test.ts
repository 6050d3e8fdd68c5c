import { Match, Template } from 'aws-cdk-lib/assertions';
import { clusterStack } from '../support/cluster-stack';

const template = Template.fromStack(clusterStack({ alarmEmail: 'ops@example.com' }));

const only = (type: string): string => {
  const ids = Object.keys(template.findResources(type));
  expect(ids).toHaveLength(1);
  return ids[0]!;
};
const topic = only('AWS::SNS::Topic');
const key = only('AWS::KMS::Key');

/** The ARN of something of this account and region. */
const arn = (service: string, resource: string) => ({
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      `:${service}:`,
      { Ref: 'AWS::Region' },
      ':',
      { Ref: 'AWS::AccountId' },
      `:${resource}`,
    ],
  ],
});

test('the address gets what the topic gets, encrypted with the key of the stack', () => {
  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
  template.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'ops@example.com',
    TopicArn: { Ref: topic },
  });
});

test('the event of a pod that Fargate is going to end is sent, for this cluster only', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.eks'],
      'detail-type': ['EKS Fargate Pod Scheduled Termination'],
      detail: { clusterName: ['Blocks'] },
    },
    Targets: [
      {
        Arn: { Ref: topic },
        RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AlarmsPodTerminationRole'), 'Arn'] },
      },
    ],
  });
});

test('the alarm rings at 80 % of the quota, and is silent where nothing runs', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Threshold: 80,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ Ref: topic }],
    Metrics: [
      { Expression: 'usage / SERVICE_QUOTA(usage) * 100', ReturnData: true },
      {
        Id: 'usage',
        ReturnData: false,
        MetricStat: {
          Stat: 'Maximum',
          Metric: {
            Namespace: 'AWS/Usage',
            MetricName: 'ResourceCount',
            Dimensions: [
              { Name: 'Class', Value: 'Standard/OnDemand' },
              { Name: 'Resource', Value: 'vCPU' },
              { Name: 'Service', Value: 'Fargate' },
              { Name: 'Type', Value: 'Resource' },
            ],
          },
        },
      },
    ],
  });
});

test('only that rule and that alarm may publish, and use the key for it', () => {
  const [role] = Object.values(
    template.findResources('AWS::IAM::Role', {
      Properties: { Description: 'Publishes the events of the EKS cluster Blocks' },
    }),
  );
  expect(role!.Properties.AssumeRolePolicyDocument.Statement).toEqual([
    {
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': arn('events', 'rule/*') } },
    },
  ]);
  const policy = Object.entries(template.findResources('AWS::IAM::Policy')).find(([id]) =>
    id.startsWith('AlarmsPodTermination'),
  );
  expect(policy![1].Properties.PolicyDocument.Statement).toEqual([
    { Action: 'sns:Publish', Effect: 'Allow', Resource: { Ref: topic } },
    {
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [key, 'Arn'] },
    },
  ]);
  const [topicPolicy] = Object.values(template.findResources('AWS::SNS::TopicPolicy'));
  const { Statement } = topicPolicy!.Properties.PolicyDocument;
  expect(Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow')).toEqual([
    expect.objectContaining({
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [only('AWS::CloudWatch::Alarm'), 'Arn'] } } },
    }),
  ]);
  const keyStatements = Object.values(template.findResources('AWS::KMS::Key'))[0]!.Properties.KeyPolicy
    .Statement;
  expect(keyStatements.slice(2)).toEqual([
    {
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        ArnLike: { 'aws:SourceArn': arn('cloudwatch', 'alarm:*') },
      },
    },
  ]);
});

test('without the setting there is nothing of it', () => {
  const without = Template.fromStack(clusterStack());
  for (const type of ['AWS::SNS::Topic', 'AWS::CloudWatch::Alarm', 'AWS::Events::Rule']) {
    without.resourceCountIs(type, 0);
  }
});
