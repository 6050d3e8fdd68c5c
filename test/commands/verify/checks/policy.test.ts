import { describeStatements } from '../../../../lib/commands/verify/checks/policy';

test('a document without statements has none', () => {
  expect(describeStatements([null, undefined, {}, { Statement: null }, { Statement: [] }])).toEqual([]);
});

test('one statement may stand without a list', () => {
  const statement = { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' };
  expect(describeStatements([{ Statement: statement }])).toEqual(['Allow logs:PutLogEvents on *']);
});
