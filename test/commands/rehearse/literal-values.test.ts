import { App, Aws, Fn, Lazy, Stack, type CfnResource } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { withLiteralValues } from '../../../lib/commands/rehearse/literal-values';

const stack = new Stack(new App(), 'Shop');
const logs = new LogGroup(stack, 'Logs');
const literal = (value: unknown): unknown => withLiteralValues([{ data: { value } }], 'eu-west-1')[0]!.data;

test.each<readonly [unknown, unknown]>([
  ['plain', 'plain'],
  [3, 3],
  [Aws.REGION, 'eu-west-1'],
  [`arn:${Aws.PARTITION}:${Aws.ACCOUNT_ID}`, 'arn:aws:111122223333'],
  [`group ${logs.logGroupName}.`, `group ${stack.getLogicalId(logs.node.defaultChild as CfnResource)}.`],
  [logs.logGroupArn, `${stack.getLogicalId(logs.node.defaultChild as CfnResource)}.Arn`],
  [Fn.join('-', ['a', Aws.REGION]), 'a-eu-west-1'],
  [Lazy.string({ produce: () => 'late' }), 'late'],
])('%s', (value, expected) => {
  expect(literal(value)).toEqual({ value: expected });
});
