import { anything } from '../../../lib/commands/verify/deployed-stacks';
import { asIs, compareStatements, readStatements } from '../../../lib/commands/verify/policy';

test('a document without statements has none', () => {
  expect(readStatements([null, undefined, {}, { Statement: null }, { Statement: [] }])).toEqual([]);
});

const logs = { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' };
const read = [
  [
    ['Allow', ['logs:PutLogEvents']],
    ['on', ['*']],
  ],
];

test.each<[string, unknown]>([
  ['one statement may stand without a list', { Statement: logs }],
  ['the name of a statement means nothing', { Statement: [{ Sid: 'Logs', ...logs }] }],
  ['a document may be text', JSON.stringify({ Statement: [logs] })],
])('%s', (_what, document) => {
  expect(readStatements([document])).toEqual(read);
});

test('the order in a set means nothing, also where only CloudFormation knows a name', () => {
  const wanted = readStatements([{ Statement: { ...logs, Resource: ['arn:aws:s3:::a', anything] } }]);
  const found = readStatements([
    { Statement: { ...logs, Resource: ['arn:aws:dynamodb:b', 'arn:aws:s3:::a'] } },
  ]);
  expect(compareStatements(wanted, found)).toMatchObject({ status: 'held' });
});

test('statements are compared one by one, and each set as a whole', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((action) => asIs(action));
  expect(compareStatements([a!, b!], [b!, a!])).toMatchObject({ status: 'held', observed: 'a; b' });
  expect(compareStatements([a!, b!], [a!, c!])).toMatchObject({
    status: 'broken',
    expected: 'a; b',
    observed: 'lacks b; also c',
  });
  const on = (...Resource: readonly string[]) => readStatements([{ Statement: { ...logs, Resource } }]);
  expect(compareStatements(on('a', 'b'), on('a', 'c')).status).toBe('broken');
  // One found text may not stand for two that are wanted, nor the other way round.
  expect(compareStatements(on('a', anything), on('a', 'a*')).status).toBe('broken');
  expect(compareStatements(on('a', anything), on('x', 'y')).status).toBe('broken');
  expect(compareStatements(on(anything, `${anything}x`), on('ax', '*')).status).toBe('broken');
});

describe('what only CloudFormation knows', () => {
  const wanted = [asIs(`Allow kms:Decrypt on ${anything} (1)`)];

  test.each(['arn:aws:kms:key/1', 'arn:aws:logs:log-group:x:*'])('may be any name: %s', (name) => {
    const found = [asIs(`Allow kms:Decrypt on ${name} (1)`)];
    expect(compareStatements(wanted, found)).toMatchObject({ status: 'held' });
  });

  test.each([
    'Allow kms:Decrypt on (1)',
    'Allow kms:Decrypt on * (1)',
    'Allow kms:Decrypt on arn:key/* (1)',
    'Allow kms:Decrypt on arn:key (12)',
    'Deny kms:Decrypt on arn:key (1)',
  ])('is there, is no pattern, and all around it is compared: %s', (found) => {
    expect(compareStatements(wanted, [asIs(found)])).toEqual({
      status: 'broken',
      expected: 'Allow kms:Decrypt on … (1)',
      observed: `lacks Allow kms:Decrypt on … (1); also ${found}`,
    });
  });

  test('is one of as many as there are', () => {
    const one = readStatements([{ Statement: { ...logs, Resource: anything } }]);
    const two = readStatements([{ Statement: { ...logs, Resource: ['arn:a', 'arn:b'] } }]);
    expect(compareStatements(one, two)).toMatchObject({ status: 'broken' });
  });
});
