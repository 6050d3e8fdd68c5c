import { Template } from 'aws-cdk-lib/assertions';
import * as secondWorkload from '../../../examples/second-workload/app';
import { ShopStack } from '../../../examples/second-workload/shop-stack';
import { checkManifests } from '../../../lib/fargate/check-manifests';
import { planEnvironment } from '../../../lib/stack/plan-environment';
import { environmentWith } from '../../support/environment-with';
import { featureFlags } from '../../support/feature-flags';
import { codeBlocks } from '../../support/markdown';
import { read } from '../../support/pages';
import { withoutSuffixes } from '../../support/profile-names';
import { testApp } from '../../support/test-stack';

const page = read('docs/adding-a-workload.md');
const block = (language: string) =>
  codeBlocks(page).find((candidate) => candidate.language === language)!.text;

const shop = () => new ShopStack(testApp(), 'Shop', { environment: environmentWith() });

test('the page shows the statement of the example, in some ten lines', () => {
  expect(read('examples/second-workload/shop-stack.ts')).toContain(`${block('ts')}\n`);
  expect(block('ts').split('\n').length).toBeLessThanOrEqual(12);
});

test('nothing is said against the workload, and every command sees it', () => {
  const { variants } = planEnvironment(featureFlags, secondWorkload);
  const { pods, findings } = variants[0]!.clusters[0]!.check();
  expect(findings).toEqual([]);
  expect(pods.find(({ name }) => name === 'ui')).toMatchObject({
    object: 'Deployment ui/ui',
    profile: expect.stringMatching(/^ui-profile-/),
    size: { milliCpu: 250, memoryMiB: 2048 },
  });
});

test('it has a stack of its own in every environment', () => {
  const names = Object.values(secondWorkload.environments).map(({ stackName }) => stackName);
  expect(names).toEqual(Object.keys(secondWorkload.environments).map((name) => `Shop-${name}`));
  Template.fromStack(shop()).hasResourceProperties('AWS::EKS::FargateProfile', {
    Selectors: [{ Namespace: 'ui' }],
  });
});

test('broken on purpose, it fails with the error of the page', () => {
  const { cluster } = shop();
  cluster.addProfile('Broken', {
    name: 'ui-profile',
    selectors: [{ namespace: 'ui', labels: { fargate: 'yes' } }],
  });
  const { objects, kubernetesVersion, profiles } = cluster.plan;
  const { findings } = checkManifests(
    objects.flatMap((planned) => planned.objects),
    { kubernetesVersion, profiles: profiles.filter(({ selectors }) => selectors[0]?.labels !== undefined) },
  );
  expect(findings.map(({ rule, message }) => withoutSuffixes(`error    ${message} [${rule}]`))).toEqual([
    withoutSuffixes(block('')),
  ]);
});
