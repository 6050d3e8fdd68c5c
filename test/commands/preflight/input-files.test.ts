/** Files and folders, as kubectl reads them; and files that nobody applies. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMain } from './support/run-main';

const folder = mkdtempSync(path.join(tmpdir(), 'preflight-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const pod = (name: string, extra = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}${extra}}\nspec: {containers: [{name: c}]}\n`;
const profile = ['--profile', 'all:*'];

async function check(...argv: readonly string[]) {
  const { status, stdout, stderr } = await runMain([...argv, ...profile, '--format', 'json']);
  const { runs, leftOut } = JSON.parse(stdout);
  return {
    status,
    stderr,
    sources: runs.map(({ source }: { readonly source: string }) => path.relative(folder, source)),
    leftOut: leftOut.map(
      ({
        file,
        line,
        message,
      }: {
        readonly file: string;
        readonly line: number | null;
        readonly message: string;
      }) => `${path.relative(folder, file)}:${line}: ${message.replaceAll(`${folder}/`, '')}`,
    ),
  };
}

describe('a folder', () => {
  const tree = path.join(folder, 'tree');
  beforeAll(() => {
    write('tree/b.yml', pod('b'));
    write(
      'tree/a.json',
      JSON.stringify({ kind: 'Pod', apiVersion: 'v1', metadata: { name: 'a' }, spec: { containers: [{}] } }),
    );
    write('tree/notes.txt', 'no manifest');
    write('tree/empty.yaml', '# nothing yet\n');
    write('tree/in/side.yaml', pod('side'));
    write('folders/only/c.yaml', pod('c'));
  });

  test('stands for the manifests in it, in the order of their names', async () => {
    expect(await check('-f', tree)).toEqual({
      status: 0,
      stderr: '',
      sources: ['tree/a.json', 'tree/b.yml'],
      leftOut: ['tree/empty.yaml:null: holds no Kubernetes object'],
    });
  });

  test('-R looks into the folders in it, too', async () => {
    expect(await check('-R', '-f', tree)).toMatchObject({
      status: 0,
      sources: ['tree/a.json', 'tree/b.yml', 'tree/in/side.yaml'],
    });
  });

  test('without a manifest is unreadable', async () => {
    const parent = path.join(folder, 'folders');
    expect(await check('-f', parent)).toMatchObject({
      status: 2,
      stderr: `${parent}: has no .json, .yaml or .yml file. Give -R to look into its folders\n`,
    });
    expect(await check('-R', '-f', parent)).toMatchObject({ status: 0, sources: ['folders/only/c.yaml'] });
    const empty = path.join(folder, 'nothing');
    mkdirSync(empty);
    expect(await check('-R', '-f', empty)).toMatchObject({
      status: 2,
      stderr: `${empty}: has no .json, .yaml or .yml file\n`,
    });
  });
});

test('several files may follow one -f, as a wildcard of the shell leaves them', async () => {
  const files = ['v.yaml', 'w.yaml'].map((name) => write(name, pod(name[0]!)));
  expect(await check('-f', ...files)).toMatchObject({ status: 0, sources: ['v.yaml', 'w.yaml'] });
});

describe('files that nobody applies', () => {
  test.each([
    ['kind.x-k8s.io/v1alpha4', 'Cluster', 'Cluster is a file of kind'],
    ['install.istio.io/v1alpha1', 'IstioOperator', 'IstioOperator is a file of istioctl'],
    ['node.eks.aws/v1alpha1', 'NodeConfig', 'NodeConfig is a file of nodeadm'],
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization', 'Kustomization is a file of kustomize'],
    ['eksctl.io/v1alpha5', 'ClusterConfig', 'ClusterConfig is a file of eksctl'],
  ])('%s %s is left out', async (apiVersion, kind, reason) => {
    const file = write('tool.yaml', `${pod('p')}---\napiVersion: ${apiVersion}\nkind: ${kind}\n`);
    expect(await check('-f', file)).toMatchObject({
      status: 0,
      leftOut: [`tool.yaml:6: ${reason}, which nobody applies`],
    });
  });

  test('one that has the name of an object is one', async () => {
    const file = write(
      'named.yaml',
      'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\n',
    );
    expect(await check('-f', file)).toMatchObject({ status: 0, leftOut: [] });
  });

  test('alone they are nothing that could be fine', async () => {
    const file = write('alone.yaml', 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n');
    expect(await check('-f', file)).toMatchObject({
      status: 2,
      stderr: `${file}:1: Cluster is a file of kind, which nobody applies\n`,
      leftOut: [],
    });
  });

  test('a patch of kustomize is told from a Deployment without containers', async () => {
    const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: 3}\n';
    write(
      'base/kustomization.yaml',
      'resources: [pod.yaml]\npatches: [{path: one.yaml}, {patch: "- op: remove"}]\npatchesStrategicMerge: [two.yaml]\n',
    );
    write('base/pod.yaml', pod('p'));
    write('base/one.yaml', patch);
    write('base/two.yaml', patch);
    write('base/three.yaml', patch);
    const { status, leftOut, sources } = await check('-f', path.join(folder, 'base'));
    expect(leftOut).toEqual([
      'base/kustomization.yaml:null: is a file of kustomize. Give the output of kubectl kustomize',
      'base/one.yaml:null: is a patch of base/kustomization.yaml. Give the output of kubectl kustomize',
      'base/two.yaml:null: is a patch of base/kustomization.yaml. Give the output of kubectl kustomize',
    ]);
    expect({ status, sources }).toEqual({ status: 1, sources: ['base/pod.yaml', 'base/three.yaml'] });
  });
});
