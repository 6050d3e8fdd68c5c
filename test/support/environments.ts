/**
 * Environments of the tests' own: what a fork sets in lib/config/environments.ts changes no test. They stand in for it
 * with `jest.mock('…/lib/config/environments', () => jest.requireActual('…/test/support/environments'))`.
 */
import type * as Environments from '../../lib/config/environments';
import type { Environment } from '../../lib/config/environments';
import type { PlatformSettings } from '../../lib/config/platform-settings';

const own = jest.requireActual<typeof Environments>('../../lib/config/environments');

/** Every setting of the platform, so that none is left to the fork. */
export const platform: { readonly [K in keyof Required<PlatformSettings>]: PlatformSettings[K] } = {
  stackName: 'TestStack',
  account: undefined,
  region: undefined,
  kubernetesVersion: '1.36',
  vpcCidr: '10.0.0.0/16',
  availabilityZones: 3,
  natGateways: undefined,
  vpcId: undefined,
  httpsProxy: undefined,
  apiAccessCidrs: [],
  clusterAdminArns: [],
  deletionProtection: false,
  logRetentionDays: 90,
  registry: undefined,
  ingress: undefined,
  ingressCidrs: undefined,
  ingressCertificateArn: undefined,
  autoscaling: undefined,
  podSecurityGroups: undefined,
  externalSecrets: undefined,
  podZones: undefined,
  alarmEmail: undefined,
  gitOps: undefined,
  argoCd: undefined,
};

/** The platform's settings are those of the tests; what a fork has added to them has its own values. */
export const testEnvironment: Environment = { ...own.environments[own.defaultEnvironment], ...platform };

export const environments = { test: testEnvironment };
export const defaultEnvironment = 'test';
export const variantNames: readonly string[] = [];
