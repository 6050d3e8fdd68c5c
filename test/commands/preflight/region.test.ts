import { chooseRegion } from '../../../lib/commands/preflight/region';

const none = { option: undefined, setting: undefined, env: {} };

test.each([
  ['that of the workshop', none, 'us-west-2'],
  ['AWS_DEFAULT_REGION', { ...none, env: { AWS_DEFAULT_REGION: 'eu-west-2' } }, 'eu-west-2'],
  [
    'AWS_REGION, before it',
    { ...none, env: { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' } },
    'eu-west-1',
  ],
  [
    'the region in which the environment is deployed',
    { ...none, setting: 'us-east-2', env: { AWS_REGION: 'eu-west-1' } },
    'us-east-2',
  ],
  [
    'the option',
    { option: 'us-east-1', setting: 'us-east-2', env: { AWS_REGION: 'eu-west-1' } },
    'us-east-1',
  ],
  ['one without prices', { ...none, option: 'eu-north-1' }, 'eu-north-1'],
  ['an empty variable is none', { ...none, env: { AWS_REGION: '' } }, 'us-west-2'],
])('%s', (_what, sources, region) => {
  expect(chooseRegion(sources)).toBe(region);
});

test.each([
  [{ ...none, option: 'eu-wset-1' }, '--region "eu-wset-1" is no AWS region: did you mean eu-west-1?'],
  [
    { ...none, env: { AWS_REGION: 'frankfurt' } },
    'AWS_REGION "frankfurt" is no AWS region: write one as us-west-2',
  ],
])('%j', (sources, message) => {
  expect(() => chooseRegion(sources)).toThrow(new Error(message));
});
