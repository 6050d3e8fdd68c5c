import { judgeLogPermissions } from '../../lib/verify/log-permissions';
import { checkoutTemplate, onASupportedDay } from '../support/checkout-stack';
import { logGroupArn } from './support/states';

onASupportedDay();

interface Role {
  readonly Properties: {
    readonly Policies: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
  };
}

test('the stack grants its pods what the check wants', () => {
  const { Outputs, Resources } = checkoutTemplate().toJSON();
  const arnOfLogGroup = JSON.stringify({ 'Fn::GetAtt': [Outputs.LogGroupName.Value.Ref, 'Arn'] });
  const [roleId] = Outputs.PodExecutionRoleArn.Value['Fn::GetAtt'];
  // CloudFormation ends the ARN of a log group with `:*` (AWS::Logs::LogGroup, return values).
  const { Properties } = JSON.parse(JSON.stringify(Resources[roleId]), (_key, value: unknown) =>
    JSON.stringify(value) === arnOfLogGroup ? `${logGroupArn}:*` : value,
  ) as Role;
  const policies = Properties.Policies.map((policy) => ({
    name: policy.PolicyName,
    document: policy.PolicyDocument,
  }));

  expect(judgeLogPermissions(policies, logGroupArn)).toMatchObject({ status: 'held' });
});
