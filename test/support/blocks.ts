import type { BlockSettings } from '../../lib/config/block-settings';

/** A registry of the tests. */
export const registry = '111122223333.dkr.ecr.us-west-2.amazonaws.com';

/** Every optional block, with all that it may be given. A new block is a compile error until it is here. */
export const allBlocks: Required<BlockSettings> = {
  registry,
  ingress: 'internal',
  ingressCidrs: ['10.0.0.0/16'],
  ingressCertificateArn:
    'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012',
  autoscaling: true,
  podSecurityGroups: true,
  externalSecrets: true,
  podZones: true,
  alarmEmail: 'ops@example.com',
  gitOps: true,
  argoCd: {
    identityCenterArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
    identityCenterRegion: 'eu-west-1',
    adminGroupId: '12345678-1234-1234-1234-123456789012',
  },
};

/** Each block alone, with what it requires; the settings of `ingress` are all of that one. */
export const eachBlock: Readonly<Record<string, Readonly<Record<string, unknown>>>> = Object.fromEntries(
  Object.entries(allBlocks)
    .filter(([name]) => !name.startsWith('ingress') || name === 'ingress')
    .map(([name, value]) => [name, { [name]: value, ...(name === 'argoCd' && { gitOps: true }) }]),
);
