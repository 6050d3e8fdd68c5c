import { rolloutOf } from '../../../lib/commands/verify/rollout';
import { expectedOf, healthyState } from './support/states';

const [checkout] = expectedOf('scaled').workloads;

function rolloutWith(change: object) {
  const state = healthyState('scaled');
  Object.assign(state.deployments[0] ?? {}, change);
  const { phase, text } = rolloutOf(checkout!, state);
  return { phase, text };
}

test('is complete when every replica is updated and available', () => {
  expect(rolloutWith({})).toEqual({ phase: 'complete', text: 'checkout 3 of 3 ready' });
});

// One row for each line of kubectl's rollout_status.go.
test.each([
  [{ generation: 2 }, 'checkout 3 of 3 ready, change not yet picked up'],
  [{ updatedReplicas: 1 }, 'checkout 3 of 3 ready, 1 of 3 updated'],
  [{ currentReplicas: 5 }, 'checkout 3 of 3 ready, 2 of an older revision to end'],
  [{ readyReplicas: 2, availableReplicas: 2 }, 'checkout 2 of 3 ready, 2 of 3 available'],
])('is waiting with %j', (change, text) => {
  expect(rolloutWith(change)).toEqual({ phase: 'waiting', text });
});

test('is stuck once Kubernetes has given up', () => {
  const conditions = [
    { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: '' },
  ];
  expect(rolloutWith({ availableReplicas: 2, conditions })).toEqual({
    phase: 'stuck',
    text: 'checkout 3 of 3 ready, progress deadline exceeded',
  });
});

// kubectl reads the condition only of the generation that it was written for.
test('is waiting with a deadline exceeded by the generation before', () => {
  const conditions = [
    { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: '' },
  ];
  expect(rolloutWith({ generation: 2, conditions })).toEqual({
    phase: 'waiting',
    text: 'checkout 3 of 3 ready, change not yet picked up',
  });
});
