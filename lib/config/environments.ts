import { checkoutVariantNames } from '../../charts/checkout/variants';
import { workshopCheckout, type CheckoutSettings } from './checkout-settings';
import { defaultKubernetesVersion } from './kubernetes-releases';
import type { PlatformSettings } from './platform-settings';

/** All that can be set for one environment, field by field in the two interfaces. */
export interface Environment extends PlatformSettings, CheckoutSettings {}

/** The workshop, at the least cost: where the zone of its only NAT gateway fails, all zones lose their way out. */
const lab: Environment = {
  stackName: 'CheckoutStack',
  kubernetesVersion: defaultKubernetesVersion,
  vpcCidr: '10.0.0.0/16',
  availabilityZones: 3,
  natGateways: 1,
  apiAccessCidrs: [],
  clusterAdminArns: [],
  deletionProtection: false,
  logRetentionDays: 90,
  ...workshopCheckout,
};

/**
 * To keep: a NAT gateway and a replica in each zone, so that an outage stops one zone; logs for a year; and EKS refuses to
 * delete the cluster. Deploy it first with `-c deletionProtection=false`: a first deploy that fails is rolled back.
 */
const production: Environment = {
  ...lab,
  stackName: 'CheckoutProduction',
  natGateways: undefined,
  deletionProtection: true,
  logRetentionDays: 365,
  variant: 'scaled',
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
