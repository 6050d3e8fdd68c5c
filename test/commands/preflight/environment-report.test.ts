/** The report on an environment, of an app of the tests' own. Loads the CDK. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { environments } from '../../support/environments';
import type * as Environments from '../../support/environments';
import { withoutSuffixes } from '../../support/profile-names';
import { runMain } from './support/run-main';

jest.mock('../../../lib/stack/create-app', () => jest.requireActual('../../support/two-stacks'));
jest.mock('../../../lib/config/environments', () => ({
  ...jest.requireActual<typeof Environments>('../../support/environments'),
  variantNames: ['small', 'large'],
}));

test('without a file: the variants under each other, and what the stacks cost besides', async () => {
  const { status, stdout, stderr } = await runMain([], '2027-08-02');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatchSnapshot();
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
});

test('every stack of the app is in it, in every variant', async () => {
  const { stdout } = await runMain(['--format', 'json'], '2027-08-02');
  const { runs } = JSON.parse(stdout) as {
    readonly runs: ReadonlyArray<{ readonly pods: ReadonlyArray<{ readonly object: string }> }>;
  };
  const objects = ['Deployment kube-system/coredns', 'Deployment web/web', 'Pod cart/cart'];
  expect(runs.map(({ pods }) => pods.map(({ object }) => object))).toEqual([objects, objects]);
});

test('all environments side by side, each with what it costs by the month', async () => {
  const { status, stdout } = await runMain(['-e', 'all', '--region', 'us-west-2'], '2027-08-02');
  const rows = stdout.split('\n').map((line) => line.trim().split(/ {2,}/u));
  expect(rows[0]).toEqual(['PODS', 'ENVIRONMENT', 'REGION', 'VARIANT', 'USD/HOUR', 'USD/MONTH']);
  expect(rows.filter((row) => row.length === 6).slice(1)).toEqual(
    Object.keys(environments).flatMap((name) =>
      ['small', 'large'].map((variant) => [
        '4',
        name,
        'us-west-2',
        variant,
        expect.any(String),
        expect.any(String),
      ]),
    ),
  );
  expect(stdout).toMatch(/\n[a-z]+: 0 errors, 0 warnings\n$/u);
  const json = await runMain(['-e', 'all', '--format', 'json'], '2027-08-02');
  expect(
    JSON.parse(json.stdout).map(({ environment }: { readonly environment: string }) => environment),
  ).toEqual(Object.keys(environments));
  const markdown = await runMain(['-e', 'all', '--format', 'markdown'], '2027-08-02');
  expect(markdown.stdout).toContain('\n| 4 | ');
  expect([status, json.status, markdown.status]).toEqual([0, 0, 0]);
});

test('no total is told where a part of it has no price', async () => {
  const { status, stdout } = await runMain(['--region', 'eu-north-1', '--format', 'markdown'], '2027-08-02');
  expect(status).toBe(0);
  const line = (source: string, item: string, prices: string) =>
    `\n| ${source} |  | ${item} |  |  | ${prices} |\n`;
  const fixed = 'fixed costs, whatever runs';
  expect(stdout).toContain(line(fixed, '1 control plane: API server and etcd', '0.1000 | 73.00'));
  expect(stdout).toMatch(
    /\| fixed costs, whatever runs \| {2}\| \d NAT gateways? [^|]*\| {2}\| {2}\| - \| - \|\n/u,
  );
  expect(stdout).toContain(line('small', 'with the fixed costs', '- | -'));
});

test('a Kubernetes version that left standard support is a warning, at the price of standard support', async () => {
  const { status, stdout } = await runMain([], '2027-08-03');
  expect(stdout).toContain(
    "\nwarning  Kubernetes 1.36 left standard support on 2027-08-02, and under the upgrade policy STANDARD EKS upgrades such a cluster by itself: write kubernetesVersion: '1.37' into lib/config/environments.ts [kubernetes-support]\n",
  );
  expect(stdout).toMatch(/1 control plane: API server and etcd +0\.1000 +73\.00\n/u);
  expect(stdout).toMatch(/\n0 errors, 1 warning\n$/u);
  expect(status).toBe(0);
});

describe('files without --profile are judged with the profiles of the environment', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'preflight-profiles-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const pod = (namespace: string, labels: string) => {
    const file = path.join(directory, `${namespace}.yaml`);
    writeFileSync(
      file,
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: ${namespace}, labels: ${labels}}\nspec: {containers: [{name: c}]}\n`,
    );
    return file;
  };

  test('that of a workload', async () => {
    const { status, stdout } = await runMain(['-f', pod('web', '{}')]);
    expect(withoutSuffixes(stdout)).toContain(
      'error    Pod web/p: matches no Fargate profile and stays Pending: its pod labels {} lack compute=fargate (profile web-profile, selector namespace=web). Add the label to metadata.labels, or a selector to the profile. [no-profile]\n',
    );
    expect(status).toBe(1);
  });

  test('that of CoreDNS', async () => {
    const { stdout } = await runMain(['-f', pod('kube-system', '{k8s-app: kube-dns}'), '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      runs: [{ pods: [{ profile: expect.stringMatching(/^system-profile-[0-9a-f]{6}$/) }] }],
      findings: [],
    });
  });
});
