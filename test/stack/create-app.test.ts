import { Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import type { Place } from '../../lib/config/context-files';
import { createApp } from '../../lib/stack/create-app';
import { defineApp } from '../../lib/stack/define-app';
import { UserError } from '../../lib/user-error';
import { testEnvironment } from '../support/environments';
import { TestStack } from '../support/test-stack';
import { lookupEnv, lookupVpcId, vpcLookup } from '../support/vpc-lookup';

jest.mock('../../lib/config/environments', () => jest.requireActual('../support/environments'));

/** Account and region of the first stack of the app, where it is bound to them. */
function placeOf(context: Readonly<Record<string, unknown>>, placeOfLookups?: Place): object {
  // CDK asks to tag the subnets of an existing VPC.
  jest.spyOn(console, 'error').mockImplementation();
  const { app } = createApp(
    { context: { 'aws:cdk:disable-asset-staging': true, ...context } },
    placeOfLookups,
  );
  const { account, region } = app.node.findAll().find((construct) => Stack.isStack(construct))!;
  return Token.isUnresolved(account) && Token.isUnresolved(region) ? {} : { account, region };
}

test('the app knows no account and no region', () => {
  expect(placeOf({})).toEqual({});
});

test('unless the environment names them', () => {
  expect(placeOf({ account: '444455556666', region: 'eu-west-1' })).toEqual({
    account: '444455556666',
    region: 'eu-west-1',
  });
});

test('a look-up without credentials says what is missing', () => {
  jest.replaceProperty(process, 'env', {});
  expect(() => placeOf({ vpcId: lookupVpcId })).toThrow(
    new UserError([
      `vpcId "${lookupVpcId}" cannot be looked up without AWS credentials and a region: set AWS_PROFILE and AWS_REGION, or leave vpcId out for a new VPC`,
    ]),
  );
});

test('a look-up with credentials is made in their account and region', () => {
  jest.replaceProperty(process, 'env', {
    CDK_DEFAULT_ACCOUNT: lookupEnv.account,
    CDK_DEFAULT_REGION: lookupEnv.region,
  });
  expect(placeOf({ vpcId: lookupVpcId, ...vpcLookup('a', 'b') })).toEqual(lookupEnv);
});

test('a look-up that is kept in cdk.context.json needs no credentials', () => {
  jest.replaceProperty(process, 'env', {});
  expect(placeOf({ vpcId: lookupVpcId, ...vpcLookup('a', 'b') })).toEqual(lookupEnv);
});

test('to plan only, a look-up is made anywhere', () => {
  jest.replaceProperty(process, 'env', {});
  expect(placeOf({ vpcId: lookupVpcId }, lookupEnv)).toEqual(lookupEnv);
});

test('wrong settings are told, all of them', () => {
  expect(() => placeOf({ natGateways: 'no', natGateway: '1' })).toThrow(
    new UserError([
      'natGateways "no": choose 1 or more, up to one for each zone (cdk deploy -c natGateways=1), or 0 for a network without a way to the internet',
      'unknown context key "natGateway": did you mean "natGateways"?',
    ]),
  );
});

describe('a Kubernetes version of one run', () => {
  const warnings = (context: Readonly<Record<string, unknown>>) => {
    jest.useFakeTimers({ now: new Date('2026-11-23') });
    const { app } = createApp({ context: { 'aws:cdk:disable-asset-staging': true, ...context } });
    const stack = app.node.findAll().find((construct) => Stack.isStack(construct))!;
    // A fork's own workloads may have warnings of their own.
    return Annotations.fromStack(stack)
      .findWarning('*', Match.stringLikeRegexp('version-of-one-run'))
      .map(({ entry }) => entry.data);
  };
  afterEach(() => jest.useRealTimers());

  test('is warned of: the next run would ask EKS to go back', () => {
    expect(warnings({ kubernetesVersion: '1.37' })).toEqual([
      'kubernetesVersion 1.37 is given for this run only, and the next deploy without it asks EKS to go back. Before you deploy it, write it into lib/config/environments.ts. [ack: eks-fargate:version-of-one-run]',
    ]);
  });

  test('that is the one of the environment is none', () => {
    expect(warnings({ kubernetesVersion: '1.36' })).toEqual([]);
    expect(warnings({})).toEqual([]);
  });
});

test('environments of one stack name live in two accounts (docs/dev-and-production.md)', () => {
  const create = defineApp(
    (app, environment, props) => {
      new TestStack(app, environment.stackName, { ...props, environment });
    },
    {
      lab: { ...testEnvironment, account: '111122223333', region: 'us-west-2' },
      production: { ...testEnvironment, account: '444455556666', region: 'eu-central-1', natGateways: 1 },
    },
  );
  const stacks = ['lab', 'production'].map((environment) => {
    const { app } = create({ context: { 'aws:cdk:disable-asset-staging': true, environment } });
    const { stackName, account, region } = app.node.findChild('TestStack') as TestStack;
    return [stackName, account, region];
  });
  expect(stacks).toEqual([
    ['TestStack', '111122223333', 'us-west-2'],
    ['TestStack', '444455556666', 'eu-central-1'],
  ]);
});
