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

interface Run {
  readonly source: string;
  readonly pods: readonly { readonly object: string }[];
  readonly findings: readonly { readonly rule: string; readonly message: string }[];
}

async function runs(...files: readonly string[]): Promise<readonly Run[]> {
  const argv = files.flatMap((file) => ['-f', file]);
  const { stdout } = await runMain([...argv, '--profile', 'all:*', '--format', 'json']);
  return JSON.parse(stdout).runs;
}

test('a finding that takes two files to see is told of the file that has its object', async () => {
  const [ofCluster, ofApp] = await runs(cluster, app);
  expect(ofCluster).toEqual({ source: cluster, pods: [], findings: [] });
  expect(ofApp?.pods.map(({ object }) => object)).toEqual(['Deployment shop/cart']);
  const rules = new Set(ofApp?.findings.map(({ rule }) => rule));
  expect([...rules]).toEqual(expect.arrayContaining(['pod-security', 'volume-claim']));
});

test('neither file alone has it', async () => {
  const alone = [...(await runs(cluster)), ...(await runs(app))];
  const rules = alone.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  expect(rules).not.toContain('pod-security');
  expect(rules).not.toContain('volume-claim');
});

test('a file that is given twice has each object twice, and the places are told', async () => {
  const [first, second] = await runs(app, app);
  expect(first?.findings.map(({ rule }) => rule)).not.toContain('duplicate-object');
  expect(
    second?.findings.filter(({ rule }) => rule === 'duplicate-object').map(({ message }) => message),
  ).toEqual([
    `Deployment shop/cart: is defined twice (${app}:2 and ${app}:2): the one applied last wins. Remove one, or rename it.`,
    `PersistentVolumeClaim shop/carts: is defined twice (${app}:10 and ${app}:10): the one applied last wins. Remove one, or rename it.`,
  ]);
});

test('what has no name is named by its place', async () => {
  const list = write('list.yaml', '# A list with a hole.\napiVersion: v1\nkind: List\nitems: [1]\n');
  const [, run] = await runs(app, list);
  expect(run?.findings.map(({ message }) => message)).toEqual([
    `${list}:2: is not a Kubernetes object. Write a map with apiVersion, kind and metadata.`,
  ]);
});
