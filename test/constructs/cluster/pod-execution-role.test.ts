import { Match } from 'aws-cdk-lib/assertions';
import { judgeLogPermissions } from '../../../lib/commands/verify/log-permissions';
import { testTemplate } from '../../support/test-stack';

test('it grants pods what npm run verify wants to see', () => {
  const template = testTemplate();
  const { Resources } = template.toJSON();
  const [podLogs] = Object.keys(
    template.findResources('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: '/aws/eks/TestStack/pods' },
    }),
  );
  const [profile] = Object.values(
    template.findResources('AWS::EKS::FargateProfile', {
      Properties: { FargateProfileName: Match.stringLikeRegexp('^web-profile-') },
    }),
  );
  const role = Resources[profile!.Properties.PodExecutionRoleArn['Fn::GetAtt'][0]];
  const logGroupArn = 'arn:aws:logs:us-west-2:111122223333:log-group:/aws/eks/TestStack/pods';
  // CloudFormation ends the ARN of a log group with `:*` (AWS::Logs::LogGroup, return values).
  const { Properties } = JSON.parse(
    JSON.stringify(role).replaceAll(
      JSON.stringify({ 'Fn::GetAtt': [podLogs, 'Arn'] }),
      JSON.stringify(`${logGroupArn}:*`),
    ),
  );
  const policies = Properties.Policies.map((policy: { PolicyName: string; PolicyDocument: unknown }) => ({
    name: policy.PolicyName,
    document: policy.PolicyDocument,
  }));

  expect(judgeLogPermissions(policies, logGroupArn)).toMatchObject({ status: 'held' });
});
