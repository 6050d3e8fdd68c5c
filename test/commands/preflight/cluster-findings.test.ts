/** What is wrong with the cluster itself: its profiles, and its Kubernetes version. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fargateProfiles } from '../../../lib/config/settings';
import type { FargateProfile } from '../../../lib/fargate/sizing/profile';
import { runMain } from './support/run-main';

const profilePage = 'https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html';
const directory = mkdtempSync(path.join(tmpdir(), 'preflight-cluster-'));
const file = path.join(directory, 'pod.yaml');
writeFileSync(
  file,
  'apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: checkout, labels: {fargate: "yes"}}\nspec: {containers: [{name: c}]}\n',
);

afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

/** What a fork writes into lib/config/settings.ts. */
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
    const { stdout } = await runMain(['-f', file, '--format', 'json']);
    expect(JSON.parse(stdout).findings).toEqual([
      {
        rule: 'profile-name',
        severity: 'error',
        object: 'FargateProfile eks-checkout',
        message,
        source: profilePage,
      },
    ]);
  });
});

test('a profile that EKS takes and that will hurt is a warning', async () => {
  const [selector] = fargateProfiles.checkout.selectors;
  configureProfile({ selectors: [selector, selector] });
  const { status, stdout } = await runMain(['-f', file, '--format', 'markdown']);
  expect(stdout).toContain(
    `\n- **warning** [profile-selector-twice](${profilePage}): FargateProfile checkout-profile: selector namespace=checkout, fargate=yes is there twice. Remove one.\n`,
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
