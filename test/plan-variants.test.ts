import { checkoutVariantNames } from '../charts/checkout-variants';
import { planVariants } from '../lib/plan-variants';
import { featureFlags } from './support/checkout-stack';

test('a wrong variant is refused, as the synthesis refuses it', () => {
  expect(() => planVariants({ ...featureFlags, variant: 'resised' })).toThrow(
    new Error(
      'unknown variant "resised": choose labelled, resized or scaled (cdk deploy -c variant=resized)',
    ),
  );
});

test('every variant is planned, whichever is chosen', () => {
  const { variants } = planVariants({ ...featureFlags, variant: 'resized' });
  expect(variants.map(({ variant }) => variant)).toEqual(checkoutVariantNames);
  const sizes = variants.map(
    ({ check }) => check.pods.find(({ object }) => object === 'Deployment checkout/checkout')?.size,
  );
  expect(sizes[0]).not.toEqual(sizes[1]);
});
