import { Match } from 'aws-cdk-lib/assertions';
import { testTemplate } from '../../support/test-stack';

/** What the log router of a pod calls: Amazon EKS user guide, fargate-logging. */
const needed = ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];

test('every role lets pods write to their log group, and do nothing else', () => {
  const template = testTemplate();
  const [podLogs] = Object.keys(
    template.findResources('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: '/aws/eks/TestStack/pods' },
    }),
  );
  const profiles = Object.keys(template.findResources('AWS::EKS::FargateProfile'));
  expect(profiles.length).toBeGreaterThan(1);
  template.resourcePropertiesCountIs(
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: 'eks-fargate-pods.amazonaws.com' } })],
      },
      Policies: [
        {
          PolicyName: 'PodLogs',
          PolicyDocument: {
            Version: '2012-10-17',
            // The ARN of a log group ends with `:*`: all its streams.
            Statement: [{ Effect: 'Allow', Action: needed, Resource: { 'Fn::GetAtt': [podLogs, 'Arn'] } }],
          },
        },
      ],
    },
    profiles.length,
  );
});
