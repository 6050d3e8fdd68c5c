import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { allBlocks, eachBlock } from '../support/blocks';
import { onASupportedDay, testStack } from '../support/test-stack';

/** What synthesis, preflight and rules have against a cluster with some blocks. */
const stacks = [...Object.entries(eachBlock), ['all of them', allBlocks] as const].flatMap(
  ([name, block]) => [
    [name, block] as const,
    [
      `${name}, without a way to the internet`,
      { registry: allBlocks.registry, ...block, natGateways: 0 },
    ] as const,
  ],
);

beforeEach(() => {
  onASupportedDay();
  jest.spyOn(console, 'error').mockImplementation();
});
afterEach(() => jest.useRealTimers());

test.each(stacks)(
  '%s: every pod runs where it was planned, and nothing is said against it',
  (_name, settings) => {
    const stack = testStack(settings);
    const { pods, findings } = stack.cluster.plan.check();
    expect(findings).toEqual([]);
    expect(pods.filter(({ profile, size }) => profile === undefined || size === undefined)).toEqual([]);
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  },
);
