/** The commands that read cdk.json without the CDK CLI, in a fork whose cdk.json is wrong. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { typeScriptRunner } from '../../scripts/typescript-runner';

const root = path.join(__dirname, '..', '..');
let fork: string;

beforeAll(() => {
  fork = mkdtempSync(path.join(tmpdir(), 'wrong-cdk-json-'));
  for (const name of ['bin', 'charts', 'lib', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(root, name), path.join(fork, name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(fork, 'node_modules'));
  writeFileSync(path.join(fork, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n');
});

afterAll(() => rmSync(fork, { recursive: true }));

function run(command: string, cdkJson: string) {
  writeFileSync(path.join(fork, 'cdk.json'), cdkJson);
  const [name, ...args] = command.split(' ');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [typeScriptRunner, `bin/${name}.ts`, ...args],
    {
      cwd: fork,
      env: { PATH: process.env['PATH'] },
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

const NOT_JSON = '{\n  "context": {\n    "natGateways": 1,\n  }\n}\n';
const WRONG_VARIANT = '{ "context": { "variant": "resised" } }';
const TOLD = /^cdk\.json:4:3: is not valid JSON: [^\n]+\n$/u;
const REFUSED =
  'cdk.json: unknown variant "resised": choose labelled, resized or scaled (cdk deploy -c variant=resized)\n';

test.each([
  ['preflight', 2],
  ['preflight -f pod.yaml', 2],
  ['manifests', 1],
  ['verify', 2],
])(
  '%s: one line that names cdk.json, and status %i',
  (command, status) => {
    expect(run(command, NOT_JSON)).toEqual({ status, stdout: '', stderr: expect.stringMatching(TOLD) });
    expect(run(command, WRONG_VARIANT)).toEqual({ status, stdout: '', stderr: REFUSED });
  },
  60_000,
);

test('verify --json prints one document all the same', () => {
  const { status, stdout, stderr } = run('verify --json', NOT_JSON);
  expect(status).toBe(2);
  expect(stderr).toMatch(TOLD);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'unknown', problem: stderr.trim() });
}, 60_000);
