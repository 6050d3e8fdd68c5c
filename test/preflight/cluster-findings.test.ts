/** What is wrong with the cluster itself: its profiles, and its Kubernetes version. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fargateProfiles, stackName } from '../../lib/config';
import type { FargateProfile } from '../../lib/fargate/profile';
import { runMain } from './support/run-main';

const PROFILE_PAGE = 'https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html';
const VERSIONS_PAGE = 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html';
const directory = mkdtempSync(path.join(tmpdir(), 'preflight-cluster-'));
const file = path.join(directory, 'pod.yaml');
writeFileSync(
  file,
  'apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: checkout, labels: {fargate: "yes"}}\nspec: {containers: [{name: c}]}\n',
);

afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

/** What a fork writes into lib/config.ts. */
function configureProfile(change: Partial<FargateProfile>): void {
  const profile: Record<string, unknown> = fargateProfiles.checkout;
  for (const [key, value] of Object.entries(change)) {
    jest.replaceProperty(profile, key, value);
  }
}

describe('a profile that EKS refuses', () => {
  const message =
    'FargateProfile eks-checkout: names must not start with eks-. Choose another, such as checkout.';

  beforeEach(() => configureProfile({ name: 'eks-checkout' }));

  test('of the stack is told once, not in each variant', async () => {
    const { status, stdout } = await runMain([]);
    expect(stdout).toMatch(new RegExp(`^error profile-name: ${message}$`, 'mu'));
    expect(stdout.split(message)).toHaveLength(2);
    expect(stdout).toMatch(/\n1 error, 0 warnings\n$/u);
    expect(status).toBe(1);
  });

  test('is told of files too, whose pods would land on it', async () => {
    const { status, stdout } = await runMain(['-f', file]);
    expect(stdout).toContain(`\nerror profile-name: ${message}\n`);
    expect(status).toBe(1);
  });

  test('is no concern of files that other profiles are given for', async () => {
    const { status, stdout } = await runMain(['-f', file, '--profile', 'all:*']);
    expect(stdout).not.toContain('eks-checkout');
    expect(status).toBe(0);
  });

  test('in JSON', async () => {
    const { stdout } = await runMain(['--format', 'json']);
    expect(JSON.parse(stdout).findings).toEqual([
      {
        rule: 'profile-name',
        severity: 'error',
        object: 'FargateProfile eks-checkout',
        message,
        source: PROFILE_PAGE,
      },
    ]);
  });
});

test('a profile that EKS takes and that will hurt is a warning', async () => {
  const [selector] = fargateProfiles.checkout.selectors;
  configureProfile({ selectors: [selector, selector] });
  const { status, stdout } = await runMain(['--format', 'markdown']);
  expect(stdout).toContain(
    `\n- **warning** [profile-selector-twice](${PROFILE_PAGE}): FargateProfile checkout-profile: selector namespace=checkout, fargate=yes is there twice. Remove one.\n`,
  );
  expect(stdout).toMatch(/\n0 errors, 1 warning\n$/u);
  expect(status).toBe(0);
});

test('warnings of profiles that are given as options are told as well', async () => {
  const { status, stdout } = await runMain(['-f', file, '--profile', 'a:*', '--profile', 'b:*']);
  expect(stdout).toContain(
    '\nwarning profile-selector-twice: FargateProfile b: selector namespace=* is also one of profile a,',
  );
  expect(status).toBe(0);
});

describe('a Kubernetes version that left standard support', () => {
  const afterStandard = '2027-08-03';
  const message =
    'Kubernetes 1.36 left standard support on 2027-08-02, and under the upgrade policy STANDARD EKS upgrades such a cluster by itself: choose 1.37 (cdk deploy -c kubernetesVersion=1.37)';

  test('is a warning, and the price stays that of standard support', async () => {
    const { status, stdout } = await runMain([], afterStandard);
    expect(stdout).toContain(`\nwarning kubernetes-support: ${message}\n`);
    expect(stdout).toMatch(/control plane \(Kubernetes 1\.36\) +0\.100000 +73\.00\n/u);
    expect(stdout).toMatch(/\n0 errors, 1 warning\n$/u);
    expect(status).toBe(0);
  });

  test('in Markdown', async () => {
    const { stdout } = await runMain(['--format', 'markdown'], afterStandard);
    expect(stdout).toContain(`\n- **warning** [kubernetes-support](${VERSIONS_PAGE}): ${message}\n`);
  });

  test('in JSON', async () => {
    const { stdout } = await runMain(['--format', 'json'], afterStandard);
    const object = `Cluster ${stackName}`;
    expect(JSON.parse(stdout).findings).toEqual([
      { rule: 'kubernetes-support', severity: 'warning', object, message, source: VERSIONS_PAGE },
    ]);
  });

  test('is none before', async () => {
    const { stdout } = await runMain(['--format', 'json'], '2027-08-02');
    expect(JSON.parse(stdout).findings).toEqual([]);
  });
});
