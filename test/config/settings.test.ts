import { settings } from '../../lib/config/settings';
import { closestName } from '../../lib/wording';
import { environmentWith } from '../support/environment-with';
import { UserError } from '../../lib/user-error';

/** The message of the error that the settings give. */
function refusal(context: Record<string, unknown>): string {
  try {
    environmentWith(context);
  } catch (error) {
    if (error instanceof UserError) {
      return error.message;
    }
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(context)}`);
}

test('text of the command line and values of an environment mean the same', () => {
  expect(environmentWith({ availabilityZones: 2, natGateways: 1, deletionProtection: true })).toEqual(
    environmentWith({ availabilityZones: '2', natGateways: '1', deletionProtection: 'true' }),
  );
  expect(environmentWith({ availabilityZones: ['us-east-1a', 'us-east-1b'] })).toEqual(
    environmentWith({ availabilityZones: 'us-east-1a, us-east-1b' }),
  );
  expect(environmentWith({ kubernetesVersion: 1.28 }).kubernetesVersion).toBe('1.28');
});

test('ranges for the API endpoint are a list', () => {
  expect(environmentWith({ apiAccessCidrs: '52.94.76.1/32,52.95.0.0/16' }).apiAccessCidrs).toEqual([
    '52.94.76.1/32',
    '52.95.0.0/16',
  ]);
});

test('keys of CDK itself are none of ours', () => {
  expect(
    environmentWith({
      '@aws-cdk/core:checkSecretUsage': true,
      'aws:cdk:bundling-stacks': ['**'],
      'vpc-provider:account=1:region=us-east-1': {},
      'acknowledged-issue-numbers': [30000],
      'cli-telemetry': false,
    }),
  ).toEqual(environmentWith());
});

test('every mistake is told at once, one line each', () => {
  expect(refusal({ natGateways: '9', natGateway: '1', vpcCidr: '10.0.0.0' }).split('\n')).toEqual([
    'vpcCidr "10.0.0.0" has no prefix length: did you mean "10.0.0.0/16"?',
    'natGateways "9": choose 1 or more, up to one for each zone (cdk deploy -c natGateways=1), or 0 for a network without a way to the internet',
    'unknown context key "natGateway": did you mean "natGateways"?',
  ]);
});

test('a key like none of the settings is answered with all of them', () => {
  expect(refusal({ frobnicate: '1' })).toBe(
    `unknown context key "frobnicate": the settings are environment, ${Object.keys(settings).join(', ')}`,
  );
});

test.each(['constructor', 'toString'])('%s, a key of every JavaScript object, is unknown too', (key) => {
  expect(refusal({ [key]: 'x' })).toMatch(new RegExp(`^unknown context key "${key}"`));
});

describe('names that are close', () => {
  test.each([
    ['vpcCider', 'vpcCidr'],
    ['natGateway', 'natGateways'],
    ['clusteradminarn', 'clusterAdminArns'],
    ['VPCCIDR', 'vpcCidr'],
    // Long names may be further off than short ones.
    ['clusterAdmins', 'clusterAdminArns'],
    ['zzz', undefined],
  ])('%s -> %s', (received, meant) => {
    expect(closestName(received, Object.keys(settings))).toBe(meant);
  });
});
