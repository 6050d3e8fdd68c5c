/** What is in several files goes to one cluster: rules that look at objects together see all of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMain } from './support/run-main';

let directory: string;
let cluster: string;
let app: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'preflight-files-'));
  cluster = write(
    'cluster.yaml',
    `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: dynamic}
provisioner: ebs.csi.aws.com
`,
  );
  app = write(
    'app.yaml',
    `# The objects of the app.
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: carts, namespace: shop}
spec: {storageClassName: dynamic}
`,
  );
});

afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, content: string): string {
  const file = path.join(directory, name);
  writeFileSync(file, content);
  return file;
}

interface Found {
  readonly rule: string;
  readonly message: string;
  readonly in: readonly string[];
}

async function findings(...files: readonly string[]): Promise<readonly Found[]> {
  const argv = files.flatMap((file) => ['-f', file]);
  const { stdout } = await runMain([...argv, '--profile', 'all:*', '--format', 'json']);
  return JSON.parse(stdout).findings;
}

test('a finding that takes two files to see is told of the file that has its object', async () => {
  const found = await findings(cluster, app);
  const places = found.map((finding) => [finding.rule, ...finding.in]);
  expect(places).toEqual(
    expect.arrayContaining([
      ['pod-security', app],
      ['volume-claim', app],
    ]),
  );
  expect(places).not.toContainEqual(expect.arrayContaining([cluster]));
});

test('neither file alone has it', async () => {
  const rules = [...(await findings(cluster)), ...(await findings(app))].map(({ rule }) => rule);
  expect(rules).not.toContain('pod-security');
  expect(rules).not.toContain('volume-claim');
});

test('a file that is given twice has each object twice, and the places are told', async () => {
  const found = await findings(app, app);
  expect(found.filter(({ rule }) => rule === 'duplicate-object').map(({ message }) => message)).toEqual([
    `Deployment shop/cart: is defined twice (${app}:2 and ${app}:2): the one applied last wins. Remove one, or rename it.`,
    `PersistentVolumeClaim shop/carts: is defined twice (${app}:10 and ${app}:10): the one applied last wins. Remove one, or rename it.`,
  ]);
});

test('what has no name is named by its place', async () => {
  const list = write('list.yaml', '# A list with a hole.\napiVersion: v1\nkind: List\nitems: [1]\n');
  const found = await findings(app, list);
  expect(found.filter((finding) => finding.in.includes(list)).map(({ message }) => message)).toEqual([
    expect.stringMatching(new RegExp(`^${list}:2: is not a Kubernetes object`, 'u')),
  ]);
});

test('Secrets in files are not judged as in a template, and DaemonSets that stay off Fargate are fine', async () => {
  const others = write(
    'others.yaml',
    `apiVersion: v1
kind: Secret
metadata: {name: s, namespace: shop}
stringData: {a: b}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: d, namespace: shop}
spec:
  template:
    spec:
      affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
        {matchExpressions: [{key: eks.amazonaws.com/compute-type, operator: NotIn, values: [fargate]}]}]}}}
      containers: [{name: c}]
`,
  );
  expect(await findings(others)).toEqual([]);
});

test('a key that stands twice is a warning of its object, and the last value is judged', async () => {
  const twice = write(
    'twice.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {a: x, a: x}}\nspec:\n  hostNetwork: false\n  hostNetwork: true\n  containers: [{name: c}]\n',
  );
  const found = await findings(twice);
  expect(found.map(({ rule, message }) => [rule, message])).toEqual([
    [
      'repeated-key',
      'Pod default/p: has "a", "hostNetwork" twice in one map (line 3): kubectl keeps the last value. Remove one.',
    ],
    ['host-network', expect.any(String)],
  ]);
});

test('in a list the key is told of its place, and the profiles are judged too', async () => {
  const list = write(
    'twice-in-list.yaml',
    `# two objects
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {b: c, b: d}}
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: e}}
`,
  );
  const argv = ['-f', list, '--profile', 'all:*', '--profile', 'all:*', '--format', 'json'];
  const { findings: found } = JSON.parse((await runMain(argv)).stdout) as {
    readonly findings: readonly Found[];
  };
  expect(found.map(({ rule, message, in: files }) => [rule, message.split(': ')[0], files])).toEqual([
    ['profile-selector-twice', 'FargateProfile all', []],
    ['repeated-key', `${list}:2`, [list]],
  ]);
});

test('the table names a file once, above its findings, where several are given', async () => {
  const bad = write(
    'bad.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {hostNetwork: true, hostPID: true, containers: [{name: c}]}\n',
  );
  const lines = async (...files: readonly string[]) => {
    const { stdout } = await runMain(['--profile', 'all:*', '-f', ...files]);
    const all = stdout.split('\n');
    return all.slice(
      all.findIndex((line) => line.startsWith('Billed')) + 2,
      all.indexOf('Why: npm run preflight -- --explain RULE') - 1,
    );
  };
  const both = [expect.stringMatching(/\[host-network\]$/u), expect.stringMatching(/\[host-pid\]$/u)];
  expect(await lines(bad, cluster)).toEqual([bad, ...both]);
  expect(await lines(bad)).toEqual(both);
});
