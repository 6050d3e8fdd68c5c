import { readEnvironment } from '../../lib/config/settings';
import type { Environment } from '../../lib/config/environments';
import { UserError } from '../../lib/user-error';
import { allBlocks } from '../support/blocks';
import { testEnvironment } from '../support/environments';

const dev = testEnvironment;
const production = { ...testEnvironment, stackName: 'Production', logRetentionDays: 365 };
const choices = { dev, production };

test('the chosen environment has its values, and one of them can be overridden for a run', () => {
  const { name, values, overridden } = readEnvironment(
    { environment: 'production', logRetentionDays: '30' },
    choices,
  );
  expect({ name, values }).toEqual({ name: 'production', values: { ...production, logRetentionDays: 30 } });
  expect([...overridden]).toEqual(['logRetentionDays']);
});

test('a value that is given as the environment has it overrides nothing', () => {
  const { overridden } = readEnvironment({ environment: 'dev', logRetentionDays: 90 }, choices);
  expect([...overridden]).toEqual([]);
});

test.each([
  ['prodution', 'production'],
  ['staging', 'dev'],
])('an unknown environment is answered with those that are there: %s', (given, suggested) => {
  expect(() => readEnvironment({ environment: given }, choices)).toThrow(
    new UserError([
      `unknown environment "${given}": choose dev or production (cdk deploy -c environment=${suggested}); environments are in lib/config/environments.ts`,
    ]),
  );
});

test('a wrong value of an environment is named with the environment, one of the run is not', () => {
  const wrong = { dev: { ...dev, vpcCidr: '10.0.0.0/8', logRetentionDays: 8 } };
  expect(() => readEnvironment({ environment: 'dev', logRetentionDays: '9' }, wrong)).toThrow(
    new UserError([
      'environment dev: vpcCidr "10.0.0.0/8" is a /8: choose a range from /16 to /24',
      'logRetentionDays "9": CloudWatch Logs takes 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
    ]),
  );
});

describe('an environment with an existing VPC', () => {
  const existing = { ...dev, vpcId: 'vpc-0123456789abcdef0', natGateways: 2 };

  test('may keep what shapes a new one', () => {
    const { values } = readEnvironment(
      { environment: 'existing' },
      { existing: { ...existing, natGateways: 6 } },
    );
    expect(values).toHaveProperty('natGateways', 6);
  });

  test('is judged by its natGateways 0 as by that of a run', () => {
    const closed = { ...existing, natGateways: 0, externalSecrets: true };
    const refusal = /^externalSecrets "true" installs a Helm chart .* to which natGateways "0" leaves no way/;
    expect(() => readEnvironment({ environment: 'closed' }, { closed })).toThrow(refusal);
    expect(() =>
      readEnvironment(
        { environment: 'existing', natGateways: '0' },
        { existing: { ...existing, externalSecrets: true } },
      ),
    ).toThrow(refusal);
  });
});

describe('a run that gives a setting nothing', () => {
  const optional = {
    ...dev,
    ...allBlocks,
    vpcId: 'vpc-0123456789abcdef0',
    httpsProxy: 'http://10.0.0.9:3128',
    natGateways: 2,
  };
  const nothing = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '']));
  const read = (context: Readonly<Record<string, string>>, environment: Environment) =>
    readEnvironment({ environment: 'dev', ...context }, { dev: environment });

  test('turns off what the environment has', () => {
    const names = [...Object.keys(allBlocks), 'vpcId', 'httpsProxy', 'natGateways', 'account', 'region'];
    const { values, overridden } = read(nothing(names), optional);
    expect(Object.keys(values).filter((name) => names.includes(name))).toEqual([]);
    expect(overridden.has('ingress')).toBe(true);
    expect(read(nothing(['natGateways']), optional).values).toHaveProperty('vpcId', optional.vpcId);
  });

  test('empties its lists', () => {
    const lists = {
      apiAccessCidrs: ['52.94.76.1/32'],
      clusterAdminArns: ['arn:aws:iam::111122223333:role/Admin'],
    };
    expect(read(nothing(Object.keys(lists)), { ...dev, ...lists }).values).toMatchObject({
      apiAccessCidrs: [],
      clusterAdminArns: [],
    });
  });

  test('is refused where every environment has a value', () => {
    expect(() => read(nothing(['stackName', 'deletionProtection']), dev)).toThrow(
      /^stackName "" is not a name of a stack: .*\ndeletionProtection "": choose true or false$/,
    );
  });

  test('is not an environment that does: it can leave the setting out', () => {
    expect(() => read({}, { ...dev, registry: '' })).toThrow(
      /^environment dev: registry "" is not a private registry/,
    );
  });
});
