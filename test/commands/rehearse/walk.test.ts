import { walksOf } from '../../../lib/commands/rehearse/walk';
import type { EnvironmentPlan } from '../../../lib/stack/plan-environment';
import { FargatePlan } from '../../../lib/synthesis/fargate-plan';

const environmentOf = (...variants: ReadonlyArray<string | undefined>): EnvironmentPlan =>
  ({
    variants: variants.map((variant) => ({
      variant,
      clusters: [new FargatePlan('east', '1.36'), new FargatePlan('west', '1.36')],
    })),
  }) as unknown as EnvironmentPlan;
const walk = (...args: Parameters<typeof walksOf>) =>
  walksOf(...args).map(({ clusterName, steps }) => [clusterName, ...steps.map(({ name }) => name)]);

test('every cluster walks through all variants and one step back', () => {
  expect(walk(environmentOf('small', 'large', 'many'), [])).toEqual([
    ['east', 'small', 'large', 'many', 'large'],
    ['west', 'small', 'large', 'many', 'large'],
  ]);
});

test('named variants are walked through in the order of their names', () => {
  expect(walk(environmentOf('small', 'large', 'many'), ['many', 'small', 'many'])[0]).toEqual([
    'east',
    'many',
    'small',
    'many',
  ]);
});

test.each([
  ['those of the environment are named', ['small', 'large'], 'unknown variant "huge": choose small or large'],
  ['an environment without any says so', [undefined], 'unknown variant "huge": the app has none'],
])('a variant that does not exist is refused: %s', (_what, variants, message) => {
  expect(() => walk(environmentOf(...variants), ['huge'])).toThrow(message);
});

test('without variants there is one step', () => {
  expect(walk(environmentOf(undefined), [])[0]).toEqual(['east', 'deployed']);
});
