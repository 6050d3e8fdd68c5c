/** The workshop, whatever lib/config/environments.ts has; stands in for it as test/support/environments.ts does. */
import { checkoutVariantNames } from '../../../charts/checkout/variants';
import { workshopCheckout } from '../../../lib/config/checkout-settings';
import type { Environment } from '../../../lib/config/environments';
import { testEnvironment } from '../../support/environments';

const workshop: Environment = {
  ...testEnvironment,
  ...workshopCheckout,
  checkoutTeamArns: undefined,
  stackName: 'CheckoutStack',
  natGateways: 1,
};

export const environments = { workshop };
export const defaultEnvironment = 'workshop';
export const variantNames: readonly string[] = checkoutVariantNames;
