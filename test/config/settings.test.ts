import { settings } from '../../lib/config/settings';
import { closestName } from '../../lib/wording';
import { environmentWith } from '../support/environment';
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

test('defaults', () => {
  expect(environmentWith({})).toEqual({
    stackName: 'CheckoutStack',
    variant: 'labelled',
    kubernetesVersion: '1.36',
    vpcCidr: '10.0.0.0/16',
    availabilityZones: 3,
    apiAccessCidrs: [],
    deletionProtection: false,
    logRetentionDays: 90,
    checkoutImage: 'public.ecr.aws/aws-containers/retail-store-sample-checkout:1.2.1',
    redisImage: 'public.ecr.aws/docker/library/redis:6.0-alpine',
    ordersEndpoint: 'http://orders.orders.svc:80',
  });
});

test('text of the command line and JSON of cdk.json mean the same', () => {
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
    }).variant,
  ).toBe('labelled');
});

test('every mistake is told at once, one line each', () => {
  expect(refusal({ variant: 'resize', varient: 'scaled', vpcCidr: '10.0.0.0' }).split('\n')).toEqual([
    'vpcCidr "10.0.0.0" has no prefix length: did you mean "10.0.0.0/16"?',
    'unknown variant "resize": choose labelled, resized or scaled (cdk deploy -c variant=resized)',
    'unknown context key "varient": did you mean "variant"?',
  ]);
});

test('a key like none of the settings is answered with all of them', () => {
  expect(refusal({ frobnicate: '1' })).toBe(
    `unknown context key "frobnicate": the settings are environment, ${Object.keys(settings).join(', ')}`,
  );
});

test('a key that JavaScript objects have by birth is unknown too', () => {
  expect(refusal({ constructor: 'x' })).toMatch(/^unknown context key "constructor"/);
});

describe('names that are close', () => {
  test.each([
    ['varient', 'variant'],
    ['natGateway', 'natGateways'],
    ['adminrolearn', 'adminRoleArn'],
    ['zzz', undefined],
  ])('%s -> %s', (received, meant) => {
    expect(closestName(received, Object.keys(settings))).toBe(meant);
  });
});
