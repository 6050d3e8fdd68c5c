import type * as Environments from '../support/environments';
import { planEnvironment } from '../../lib/stack/plan-environment';
import { UserError } from '../../lib/user-error';
import { featureFlags } from '../support/feature-flags';
import { lookupVpcId, vpcLookup } from '../support/vpc-lookup';
import { withoutSuffixes } from '../support/profile-names';

jest.mock('../../lib/stack/create-app', () => jest.requireActual('../support/two-stacks'));
jest.mock('../../lib/config/environments', () => ({
  ...jest.requireActual<typeof Environments>('../support/environments'),
  variantNames: ['small', 'large'],
}));

const plan = planEnvironment(featureFlags);

test('every variant is planned', () => {
  expect(plan.variants.map(({ variant }) => variant)).toEqual(['small', 'large']);
  const sizes = plan.variants.map(
    ({ clusters }) => clusters[0]!.check().pods.find(({ name }) => name === 'cart')!.size,
  );
  expect(sizes).toEqual([
    { milliCpu: 250, memoryMiB: 1024 },
    { milliCpu: 2000, memoryMiB: 4096 },
  ]);
});

test('every stack is planned, and what it adds to the cluster of another', () => {
  const [{ stackNames, clusters, resources }] = plan.variants as [(typeof plan.variants)[number]];
  expect(stackNames).toEqual(['TestStack', 'SecondStack']);
  expect(clusters).toHaveLength(1);
  expect(clusters[0]!.profiles.map(({ name }) => withoutSuffixes(name))).toEqual([
    'system-profile',
    'web-profile',
    'cart-profile',
  ]);
  expect(clusters[0]!.objects.at(-1)).toMatchObject({ stackName: 'SecondStack', appliedBy: 'stack' });
  expect(resources.get('AWS::EKS::FargateProfile')).toBe(3);
});

test('wrong settings are told before anything is built', () => {
  expect(() => planEnvironment({ ...featureFlags, natGateways: 'many' })).toThrow(UserError);
});

test('an existing VPC is known once it was looked up', () => {
  jest.spyOn(console, 'error').mockImplementation();
  const known = (context: Readonly<Record<string, unknown>>) =>
    planEnvironment({ ...featureFlags, ...context }).vpcIsKnown;
  expect(known({})).toBe(true);
  expect(known({ vpcId: lookupVpcId })).toBe(false);
  expect(known({ vpcId: lookupVpcId, ...vpcLookup('a', 'b') })).toBe(true);
  expect(known({ vpcId: 'vpc-0123456789abcdef1', ...vpcLookup('a', 'b') })).toBe(false);
});
