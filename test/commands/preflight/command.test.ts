/** The command as people run it: arguments, input, output and an exit status. With input, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { typeScriptRunner } from '../../../scripts/typescript-runner';
import { runMain } from './support/run-main';

jest.mock('../../../lib/config/environments', () => jest.requireActual('../../support/environments'));

const repository = path.join(__dirname, '..', '..', '..');
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'preflight-'));
  process.chdir(directory);
});

afterAll(() => {
  process.chdir(repository);
  rmSync(directory, { recursive: true });
});

function preflight(argv: readonly string[], input: string | Buffer = '') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [typeScriptRunner, path.join(repository, 'bin', 'preflight.ts'), ...argv],
    { cwd: directory, input, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

function write(name: string, content: string | Buffer): string {
  writeFileSync(path.join(directory, name), content);
  return name;
}

const deployment = (name: string, spec: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: ${name}}}
    spec: ${spec}
`;
const fine = deployment(
  'cart',
  '{containers: [{name: cart, resources: {requests: {cpu: 1, memory: 2.5G}}}]}',
);
const broken = deployment('agent', '{hostNetwork: true, containers: [{name: agent}]}');
const warned = `---
apiVersion: v1
kind: Service
metadata: {name: ui, namespace: shop}
spec: {type: NodePort}
`;
const allProfile = ['--profile', 'all:*'];

test('manifests from standard input as a table; a warning is no error', () => {
  const { status, stdout, stderr } = preflight(
    ['-f', '-', ...allProfile, '--region', 'us-west-2'],
    `${fine}${warned}`,
  );
  expect(stdout).toBe(`PODS  OBJECT                PROFILE  SIZE OF EACH  USD/HOUR  USD/MONTH

standard input
   3  Deployment shop/cart  all      1vCPU 3GB       0.1614     117.85
   3  in all                                         0.1614     117.85

List prices of us-west-2 in USD, read 2026-11. A month has 730 hours.
Billed by use, not in the table: data transfer.

warning  Service shop/ui: type NodePort opens no port on Fargate nodes. Write spec.type: ClusterIP. [node-port]

Why: npm run preflight -- --explain RULE

0 errors, 1 warning
`);
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('two files as JSON; an error is status 1', async () => {
  const files = [write('fine.yaml', fine), write('broken.yaml', broken)];
  const { status, stdout, stderr } = await runMain([
    ...files.flatMap((file) => ['-f', file]),
    ...allProfile,
    '--format',
    'json',
  ]);
  const pod = { count: { min: 3, max: 3 }, profile: 'all', extraStorageGib: 0, run: null };
  expect(JSON.parse(stdout)).toEqual({
    environment: null,
    region: 'us-west-2',
    prices: { read: '2026-11', source: expect.stringMatching(/^https:.*AmazonECS.*us-west-2/u) },
    unreadable: [],
    leftOut: [],
    findings: [
      {
        rule: 'host-network',
        severity: 'error',
        object: 'Deployment shop/agent',
        message:
          'Deployment shop/agent: Fargate does not support hostNetwork. Remove spec.template.spec.hostNetwork.',
        source: 'https://docs.aws.amazon.com/eks/latest/userguide/fargate.html',
        in: ['broken.yaml'],
        acknowledged: null,
      },
    ],
    runs: [
      {
        source: 'fine.yaml',
        pods: [{ ...pod, object: 'Deployment shop/cart', capacity: '1vCPU 3GB', usdPerHour: 0.053815 }],
        usdPerHour: { min: expect.closeTo(0.161445), max: expect.closeTo(0.161445) },
      },
      {
        source: 'broken.yaml',
        pods: [
          { ...pod, object: 'Deployment shop/agent', capacity: '0.25vCPU 0.5GB', usdPerHour: 0.0123425 },
        ],
        usdPerHour: { min: expect.closeTo(0.0370275), max: expect.closeTo(0.0370275) },
      },
    ],
    fixedCosts: [],
    fixedUsdPerHour: 0,
  });
  expect(stderr).toBe('');
  expect(status).toBe(1);
});

test('Markdown for a job summary, and a region without prices', async () => {
  const file = write('a_b.yaml', `${fine}${warned.replace('name: ui', "name: 'u|i'")}`);
  const { stdout } = await runMain([
    '-f',
    file,
    ...allProfile,
    '--format',
    'markdown',
    '--region',
    'eu-north-1',
  ]);
  const [prices, ...rest] = stdout.split(
    'No prices on file for eu-north-1: sizes only. On file: us-east-1, ',
  );
  expect(prices).toBe(`| SOURCE | PODS | OBJECT | PROFILE | SIZE OF EACH | USD/HOUR | USD/MONTH |
| --- | ---: | --- | --- | --- | ---: | ---: |
| a\\_b.yaml | 3 | Deployment shop/cart | all | 1vCPU 3GB | - | - |
| a\\_b.yaml | 3 | in all |  |  | - | - |

`);
  expect(rest.join('')).toMatch(
    /\n\n- \*\*warning\*\* \[node-port\]\(https:[^)]+\) in a\\_b\.yaml: Service shop\/u\\\|i: [^\n]*\n\n0 errors, 1 warning\n$/u,
  );
});

test('a document that cannot be read is status 2, and hides no finding', () => {
  const { status, stdout, stderr } = preflight(['-f', '-', ...allProfile], `${broken}---\nkind: [\n${fine}`);
  expect(stdout).toContain('Deployment shop/agent: Fargate does not support hostNetwork.');
  expect(stdout).toContain('Deployment shop/cart');
  expect(stdout).toMatch(/\n1 input could not be read in full; in the rest: 1 error, 0 warnings\n$/u);
  expect(stderr).toMatch(/^standard input:12: [^\n]*\n$/u);
  expect(status).toBe(2);
});

test.each([
  [
    'a NUL byte',
    Buffer.from('kind: Pod\na: \0\n'),
    ':2: holds a NUL byte, so it is not text. Give YAML or JSON in UTF-8',
  ],
  [
    'broken UTF-8',
    Buffer.from([0x61, 0x0a, 0x62, 0x0a, 0xff, 0x0a]),
    ':3: is not UTF-8. Save the file as UTF-8',
  ],
  ['gzip', gzipSync('kind: Pod\n'), ': is compressed with gzip. Give what gunzip makes of it'],
  ['nothing', Buffer.alloc(0), ': holds no Kubernetes object'],
  ['40 MB', Buffer.alloc(40_000_000, 'a'), ': is larger than 32 MiB. Give its manifests in smaller files'],
])('%s', async (_what, content, reason) => {
  const file = write('input.yaml', content);
  const { status, stdout, stderr } = await runMain(['-f', file]);
  expect(stdout).toBe('1 input could not be read\n');
  expect(stderr).toBe(`input.yaml${reason}\n`);
  expect(status).toBe(2);
});

test('the mark that some editors put first changes nothing, even before JSON objects that follow each other', async () => {
  const pod = (name: string) =>
    `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "${name}"}, "spec": {"containers": [{}]}}`;
  const file = write('marked.json', `\uFEFF${pod('a')}${pod('b')}`);
  const { status, stdout } = await runMain(['-f', file, ...allProfile]);
  expect(stdout).toMatch(/Pod default\/a .*\n.*Pod default\/b /u);
  expect(status).toBe(0);
});

test('files that cannot be opened', async () => {
  const url = 'https://example.com/all.yaml';
  const { status, stdout, stderr } = await runMain(['-f', 'nowhere.yaml', url]);
  expect(stdout).toBe('2 inputs could not be read\n');
  expect(stderr).toBe(
    `nowhere.yaml: no such file\n${url}: is a URL, which is not fetched. Give what curl makes of it\n`,
  );
  expect(status).toBe(2);
});

test('bad usage is one line, and status 2', async () => {
  expect(await runMain(['--formt', 'json'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'unknown option --formt: did you mean --format?\n',
  });
});

test('help tells options and exit statuses', async () => {
  const { status, stdout } = await runMain(['--help']);
  expect(stdout).toContain('--profile NAME:NAMESPACE[:KEY=VALUE,...]');
  expect(stdout).not.toMatch(/[^']all:\*/u);
  expect(stdout).toContain('docs/preflight.md has input, prices and JSON');
  expect(stdout.replaceAll('\n', ' ')).toContain(
    'Exit status: 0 no errors (warnings do not count), 1 errors, 2 wrong usage or settings, or unreadable input.',
  );
  expect(status).toBe(0);
});
