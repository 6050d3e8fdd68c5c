import { planEnvironment, type EnvironmentPlan } from '../../lib/stack/plan-environment';
import { healthyAws } from '../commands/verify/support/aws-stand-in';
import { healthyCluster } from '../commands/verify/support/healthy-cluster';
import { runVerify, type State } from '../commands/verify/support/run-verify';
import { featureFlags } from '../support/feature-flags';
import { codeBlocks } from '../support/markdown';
import { read } from '../support/pages';
import { demo } from './support/demo-app';

/** The four outputs of the page: one for each step of the lab, and one of a check that does not hold. */
const [labelled, resized, scaled, broken] = codeBlocks(read('docs/walkthrough.md'))
  .filter(({ language }) => language === 'text')
  .map(({ text }) => text);

let workshop: EnvironmentPlan;
beforeAll(() => {
  workshop = planEnvironment({ ...featureFlags, environment: 'workshop' }, demo);
});

function healthy(step: string): State {
  const [plan] = workshop.variants.find(({ variant }) => variant === step)!.clusters;
  return {
    aws: healthyAws(plan!, {
      stackName: 'CheckoutStack',
      variant: step,
      logGroup: '/aws/eks/CheckoutStack/pods',
      logActions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    }),
    cluster: healthyCluster(plan!),
  };
}

test.each([
  ['labelled', labelled],
  ['resized', resized],
  ['scaled', scaled],
])('docs/walkthrough.md shows what npm run verify prints of a healthy %s', async (step, page) => {
  const { status, stdout, stderr } = await runVerify({ plan: () => workshop, state: healthy(step) });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(`${page}\n`);
});

test('docs/walkthrough.md shows what npm run verify prints of a pod of the wrong size', async () => {
  const state = healthy('labelled');
  const pod = state.cluster.pods.find(({ metadata }) => metadata?.name?.startsWith('checkout-6'))!;
  pod.metadata!.annotations!['CapacityProvisioned'] = '0.25vCPU 0.5GB';
  const { status, stdout } = await runVerify({ plan: () => workshop, state });
  expect(status).toBe(1);
  expect(broken).toMatch(/^ {3}✗ CapacityProvisioned\n/);
  expect(stdout).toContain(`\n${broken}\n`);
});
