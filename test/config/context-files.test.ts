import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cachedVpcLookup, readCdkContext } from '../../lib/config/context-files';
import { UserError } from '../../lib/user-error';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'cdk-context-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

function write(name: string, content: string): void {
  writeFileSync(path.join(directory, name), content);
}

/** What the reader of the files is told, a line for each mistake. */
function told(): readonly string[] {
  try {
    readCdkContext(directory);
    return [];
  } catch (error) {
    // Anything else is not for the user.
    if (!(error instanceof UserError)) {
      throw error;
    }
    return error.message.split('\n');
  }
}

test('the settings of cdk.json, which win, and the look-ups', () => {
  write('cdk.json', '{"app": "node app.js", "context": {"natGateways": 1, "@aws-cdk/core:flag": true}}');
  write('cdk.context.json', '{"availability-zones:account=1": ["a"], "natGateways": 3}');
  expect(readCdkContext(directory)).toEqual({
    natGateways: 1,
    '@aws-cdk/core:flag': true,
    'availability-zones:account=1': ['a'],
  });
});

test('a cdk.json without context has no settings', () => {
  write('cdk.json', '{"app": "node app.js"}');
  expect(readCdkContext(directory)).toEqual({});
});

test.each([
  [
    '{\n  "context": {\n    "natGateways": 1,\n  }\n}\n',
    /^cdk\.json:4:3: is not valid JSON: .*double-quoted property name$/,
  ],
  ['{"context": {"natGateways": 1}', /^cdk\.json:1:31: is not valid JSON: .*property value$/],
  [
    '{\n"context": {"deletionProtection": True}\n}',
    /^cdk\.json: is not valid JSON: Unexpected token .* True\} \}.*$/,
  ],
  ['', /^cdk\.json: is not valid JSON: Unexpected end of JSON input$/],
])('a file that is not JSON is named, with the place: %j', (content, message) => {
  write('cdk.json', content);
  expect(told()).toEqual([expect.stringMatching(message)]);
});

test('the file of the look-ups is named as well', () => {
  write('cdk.json', '{}');
  write('cdk.context.json', '{"a": 1 "b": 2}');
  expect(told()).toEqual([expect.stringMatching(/^cdk\.context\.json:1:9: is not valid JSON: /)]);
});

test.each([
  ['[]', 'cdk.json: holds a list, and the CDK takes an object: write { "app": …, "context": { … } }'],
  ['null', 'cdk.json: holds null, and the CDK takes an object: write { "app": …, "context": { … } }'],
  [
    '{"context": "natGateways=1"}',
    'cdk.json: "context" is a string, and the CDK takes an object: write "context": {}',
  ],
])('JSON of another shape: %s', (content, message) => {
  write('cdk.json', content);
  expect(told()).toEqual([message]);
});

test('a VPC that was looked up in one place is there, and one of two places is none', () => {
  const keyOf = (region: string) =>
    `vpc-provider:account=111122223333:filter.vpc-id=vpc-0a:region=${region}:returnAsymmetricSubnets=true`;
  const one = { [keyOf('us-west-2')]: {} };
  expect(cachedVpcLookup(one, 'vpc-0a')).toEqual({ account: '111122223333', region: 'us-west-2' });
  expect(cachedVpcLookup(one, 'vpc-0b')).toBeUndefined();
  expect(cachedVpcLookup({ ...one, [keyOf('eu-west-1')]: {} }, 'vpc-0a')).toBeUndefined();
});
