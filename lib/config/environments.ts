import { checkoutVariantNames } from '../../charts/checkout/variants';
import { workshopCheckout, type CheckoutSettings } from './checkout-settings';
import { defaultKubernetesVersion } from './kubernetes-releases';
import type { PlatformSettings } from './platform-settings';

/** All that can be set for one environment, field by field in the two interfaces. */
export interface Environment extends PlatformSettings, CheckoutSettings {}

/** The workshop as it is. */
const lab: Environment = {
  stackName: 'CheckoutStack',
  kubernetesVersion: defaultKubernetesVersion,
  vpcCidr: '10.0.0.0/16',
  availabilityZones: 3,
  apiAccessCidrs: [],
  deletionProtection: false,
  logRetentionDays: 90,
  ...workshopCheckout,
};

/** What one would want to keep: an outage of a zone is an outage of that zone only, and nothing is deleted by mistake. */
const production: Environment = {
  ...lab,
  stackName: 'CheckoutProduction',
  deletionProtection: true,
  logRetentionDays: 365,
};

/**
 * The environments: the file that a fork edits. `-c environment=production` chooses one, and `-c name=value` overrides
 * one of its settings for one run, in `cdk` and in every command.
 */
export const environments = { lab, production } as const satisfies Readonly<Record<string, Environment>>;

/** Where no environment is named. */
export const defaultEnvironment: keyof typeof environments = 'lab';

/** The values of `variant` that the commands predict side by side; none where nothing has variants. */
export const variantNames: readonly string[] = checkoutVariantNames;
