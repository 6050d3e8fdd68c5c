import { CHECKS, overall, runChecks } from '../../lib/verify/checks';
import { brokenStates } from './support/broken-states';
import { expectedOf, healthyState, observe, type State, type Variant } from './support/states';

const variants: readonly Variant[] = ['labelled', 'resized', 'scaled'];

function judge(state: State) {
  return runChecks(expectedOf('scaled'), observe(state));
}

test.each(variants)('every check holds for a healthy %s deployment', (variant) => {
  const results = runChecks(expectedOf(variant), observe(healthyState(variant)));
  expect(results.filter(({ status }) => status !== 'held')).toEqual([]);
  expect(overall(results)).toBe('held');
});

test.each(brokenStates)('$check breaks, and nothing else, when $what', (broken) => {
  const state = healthyState('scaled');
  broken.break(state);
  const results = judge(state);

  expect(results.filter(({ status }) => status === 'broken')).toMatchObject([
    { id: broken.check, observed: broken.observed },
  ]);
  const unjudged = results.filter(({ status }) => status === 'unknown').map(({ id }) => id);
  expect(unjudged.toSorted()).toEqual((broken.follows ?? []).toSorted());
  expect(overall(results)).toBe('broken');
});

test('every check has a state that breaks it', () => {
  expect(new Set(brokenStates.map(({ check }) => check))).toEqual(new Set(CHECKS.map(({ id }) => id)));
});

test('ids are unique, and every check says what usually breaks it', () => {
  expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  expect(CHECKS.filter(({ title, usualCause }) => title === '' || usualCause === '')).toEqual([]);
});

test('steps come in the order of the walk-through', () => {
  const steps = CHECKS.map(({ step }) => step);
  expect(steps).toEqual(steps.toSorted());
});
