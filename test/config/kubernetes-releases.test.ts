import { App, Stack } from 'aws-cdk-lib';
import { kubectlLayer } from '../../lib/constructs/cluster/kubectl-layer';
import {
  defaultKubernetesVersion,
  kubernetesRelease,
  kubernetesReleases,
  supportWarning,
} from '../../lib/config/kubernetes-releases';

test.each(kubernetesReleases)(
  '$version is paired with kubectl $kubectl, at most one minor apart',
  (release) => {
    const stack = new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Stack');
    expect(() => kubectlLayer(stack, 'Kubectl', release)).not.toThrow();
  },
);

test('a pair more than one minor apart does not synthesize', () => {
  const release = { ...kubernetesRelease('1.36'), version: '1.34' };
  expect(() => kubectlLayer(new Stack(), 'Kubectl', release)).toThrow(
    'Kubernetes 1.34 is paired with kubectl 1.36, 2 minor versions apart: kubectl is supported within one. Fix the row in lib/config/kubernetes-releases.ts.',
  );
});

test('the default is in standard support on the day the table was read', () => {
  const release = kubernetesRelease(defaultKubernetesVersion);
  expect(supportWarning(release, new Date('2026-11-22'))).toBeUndefined();
});

test('a version that left standard support warns from the day after', () => {
  const release = kubernetesRelease('1.36');
  expect(supportWarning(release, new Date('2027-08-02'))).toBeUndefined();
  expect(supportWarning(release, new Date('2027-08-03'))).toBe(
    "Kubernetes 1.36 left standard support on 2027-08-02, and under the upgrade policy STANDARD EKS upgrades such a cluster by itself: write kubernetesVersion: '1.37' into lib/config/environments.ts",
  );
});

test('the last day of extended support is one', () => {
  expect(supportWarning(kubernetesRelease('1.29'), new Date('2026-03-23'))).toMatch(
    /^Kubernetes 1.29 left standard support/,
  );
  expect(supportWarning(kubernetesRelease('1.29'), new Date('2026-03-24'))).toMatch(
    /^EKS creates no new 1.29 cluster/,
  );
});

test('a version is advised until the last day of its standard support', () => {
  expect(supportWarning(kubernetesRelease('1.36'), new Date('2027-12-01'))).toMatch(
    /write kubernetesVersion: '1.37' into/,
  );
});

test('a version that ended cannot be created', () => {
  expect(supportWarning(kubernetesRelease('1.28'), new Date('2026-11-22'))).toBe(
    "EKS creates no new 1.28 cluster since 2025-11-26, and a deploy fails once it has made the network: write kubernetesVersion: '1.36' into lib/config/environments.ts",
  );
});

test('a table that is out of date says so', () => {
  expect(supportWarning(kubernetesRelease('1.37'), new Date('2029-01-01'))).toBe(
    'EKS creates no new 1.37 cluster since 2028-12-01, and a deploy fails once it has made the network: add a newer version and its kubectl layer to lib/config/kubernetes-releases.ts',
  );
});
