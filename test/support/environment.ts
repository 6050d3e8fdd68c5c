import { workshopCheckout } from '../../lib/config/checkout-settings';
import type { Environment } from '../../lib/config/environments';
import { readEnvironment } from '../../lib/config/settings';

/** An environment of the tests' own: what a fork writes into lib/config/environments.ts changes no test. */
export const testEnvironment: Environment = {
  stackName: 'CheckoutStack',
  kubernetesVersion: '1.36',
  vpcCidr: '10.0.0.0/16',
  availabilityZones: 3,
  apiAccessCidrs: [],
  deletionProtection: false,
  logRetentionDays: 90,
  ...workshopCheckout,
};

/** The environment of the tests with some settings given as on the command line. */
export function environmentWith(settings: Readonly<Record<string, unknown>> = {}): Environment {
  return readEnvironment({ environment: 'test', ...settings }, { test: testEnvironment }).values;
}
