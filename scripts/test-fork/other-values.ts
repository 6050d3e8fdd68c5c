import { settings } from '../../lib/config/settings';

/** For each setting another valid value than a fork is likely to have. */
const otherValues: Readonly<Record<string, unknown>> = {
  stackName: 'Shop-Prod',
  account: '444455556666',
  region: 'eu-central-1',
  kubernetesVersion: '1.35',
  vpcCidr: '10.42.0.0/20',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  natGateways: 2,
  vpcId: 'vpc-0fedcba9876543210',
  apiAccessCidrs: ['52.94.76.1/32'],
  clusterAdminArns: ['arn:aws:iam::444455556666:role/Platform'],
  deletionProtection: true,
  logRetentionDays: 30,
  httpsProxy: 'http://proxy.shop.example:3128',
  registry: '444455556666.dkr.ecr.eu-central-1.amazonaws.com',
  ingress: 'public',
  ingressCidrs: ['52.94.76.0/24'],
  ingressCertificateArn:
    'arn:aws:acm:eu-central-1:444455556666:certificate/01234567-89ab-cdef-0123-456789abcdef',
  autoscaling: true,
  podSecurityGroups: true,
  externalSecrets: true,
  podZones: true,
  alarmEmail: 'ops@shop.example',
  gitOps: true,
  argoCd: {
    identityCenterArn: 'arn:aws:sso:::instance/ssoins-abcdef1234567890',
    identityCenterRegion: 'eu-central-1',
    adminGroupId: '87654321-4321-4321-4321-210987654321',
  },
  variant: 'resized',
  checkoutImage: 'registry.example/checkout:2',
  redisImage: 'registry.example/redis:7',
  ordersEndpoint: 'https://orders.example',
  checkoutTeamArns: ['arn:aws:iam::444455556666:role/CheckoutTeam'],
};

/**
 * Another value of every setting.
 *
 * @throws for a setting that has none here yet.
 */
export function otherSettings(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.keys(settings).map((name) => {
      if (!Object.hasOwn(otherValues, name)) {
        throw new Error(`setting ${name} has no other value: add one to scripts/test-fork/other-values.ts`);
      }
      return [name, otherValues[name]];
    }),
  );
}
