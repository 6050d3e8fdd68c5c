import { anything } from '../../../../lib/commands/verify/aws/deployed-stacks';
import { compareTexts, describeStatements } from '../../../../lib/commands/verify/checks/policy';

test('a document without statements has none', () => {
  expect(describeStatements([null, undefined, {}, { Statement: null }, { Statement: [] }])).toEqual([]);
});

test('one statement may stand without a list', () => {
  const statement = { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' };
  expect(describeStatements([{ Statement: statement }])).toEqual(['Allow logs:PutLogEvents on *']);
});

test('the name of a statement means nothing', () => {
  const statement = { Sid: 'Logs', Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' };
  expect(describeStatements([{ Statement: [statement] }])).toEqual(['Allow logs:PutLogEvents on *']);
});

describe('what only CloudFormation knows', () => {
  const wanted = [`Allow kms:Decrypt on ${anything} (1)`];

  test('may be anything', () => {
    expect(compareTexts(wanted, ['Allow kms:Decrypt on arn:aws:kms:key/1 (1)'])).toMatchObject({
      status: 'held',
    });
  });

  test('is there, and all around it is compared', () => {
    for (const found of [
      'Allow kms:Decrypt on  (1)'.replace('  ', ' '),
      'Allow kms:Decrypt on arn:key (12)',
      'Deny kms:Decrypt on arn:key (1)',
    ]) {
      expect(compareTexts(wanted, [found])).toEqual({
        status: 'broken',
        expected: 'Allow kms:Decrypt on … (1)',
        observed: `lacks Allow kms:Decrypt on … (1); also ${found}`,
      });
    }
  });
});
