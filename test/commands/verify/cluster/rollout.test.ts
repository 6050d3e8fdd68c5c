import { steadyRollout, type Steady } from '../../../../lib/commands/verify/cluster/rollout';

/** A Deployment of two replicas, as it is when its rollout is complete, with a change. */
const deployment = (status: object, generation = 3): Steady => ({
  metadata: { generation },
  spec: { replicas: 2 },
  status: {
    observedGeneration: 3,
    replicas: 2,
    updatedReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    ...status,
  },
});

// As `kubectl rollout status` judges.
test.each<[what: string, live: Steady, phase: string, text: string]>([
  ['all is as it should be', deployment({}), 'complete', '2 of 2 ready'],
  ['the change is not seen', deployment({}, 4), 'waiting', '2 of 2 ready, change not yet picked up'],
  [
    'a pod is of the older revision',
    deployment({ updatedReplicas: 1 }),
    'waiting',
    '2 of 2 ready, 1 of 2 updated',
  ],
  [
    'one more pod is left',
    deployment({ replicas: 3 }),
    'waiting',
    '2 of 2 ready, 1 of an older revision to end',
  ],
  [
    'a pod is not available',
    deployment({ availableReplicas: 1 }),
    'waiting',
    '2 of 2 ready, 1 of 2 available',
  ],
  [
    'Kubernetes gave up',
    deployment({ updatedReplicas: 1, conditions: [{ reason: 'ProgressDeadlineExceeded' }] }),
    'stuck',
    '2 of 2 ready, progress deadline exceeded',
  ],
])('a Deployment of which %s', (_what, live, phase, text) => {
  expect(steadyRollout(live, 'Deployment')).toEqual({ phase, text });
});
