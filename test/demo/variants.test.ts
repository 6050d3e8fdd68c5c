import { formatCapacity } from '../../lib/fargate/sizing/pod-size';
import { planEnvironment } from '../../lib/stack/plan-environment';
import { featureFlags } from '../support/feature-flags';
import { demo } from './support/demo-app';

test('every variant is planned, whichever is chosen', () => {
  const { variants } = planEnvironment(
    { ...featureFlags, environment: 'workshop', variant: 'resized' },
    demo,
  );
  const checkout = variants.map(({ variant, clusters }) => {
    const { pods } = clusters[0]!.check();
    const { count, size } = pods.find(({ object }) => object === 'Deployment checkout/checkout')!;
    return [variant, count, formatCapacity(size!)];
  });
  expect(checkout).toEqual([
    ['labelled', { min: 1, max: 1 }, '0.25vCPU 1GB'],
    ['resized', { min: 1, max: 1 }, '1vCPU 3GB'],
    ['scaled', { min: 3, max: 3 }, '1vCPU 3GB'],
  ]);
});
