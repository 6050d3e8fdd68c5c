import { cronJobRollout, jobRollout, podRollout, steadyRollout } from '../../../lib/commands/cluster/rollout';

const settled = {
  observedGeneration: 1,
  replicas: 3,
  updatedReplicas: 3,
  readyReplicas: 3,
  availableReplicas: 3,
};
const deployment = (status: object, generation = 1) =>
  steadyRollout(
    { metadata: { generation }, spec: { replicas: 3 }, status: { ...settled, ...status } },
    'Deployment',
  );
const tooLate = {
  conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
};

// One row for each line of kubectl's rollout_status.go.
test.each([
  [{}, 'complete', '3 of 3 ready'],
  [{ updatedReplicas: 1 }, 'waiting', '3 of 3 ready, 1 of 3 updated'],
  [{ replicas: 4 }, 'waiting', '3 of 3 ready, 1 of an older revision to end'],
  [{ readyReplicas: 2, availableReplicas: 2 }, 'waiting', '2 of 3 ready, 2 of 3 available'],
  [{ availableReplicas: 2, ...tooLate }, 'stuck', '3 of 3 ready, progress deadline exceeded'],
])('a Deployment with %j is %s', (status, phase, text) => {
  expect(deployment(status)).toEqual({ phase, text });
});

test('a condition of the generation before says nothing of a change that nobody has seen', () => {
  expect(deployment(tooLate, 2)).toEqual({
    phase: 'waiting',
    text: '3 of 3 ready, change not yet picked up',
  });
});

const statefulSet = (status: object, updateStrategy: object = { type: 'RollingUpdate' }) =>
  steadyRollout(
    {
      metadata: { generation: 1 },
      spec: { replicas: 3, updateStrategy },
      status: { ...settled, currentRevision: 'a', updateRevision: 'a', ...status },
    },
    'StatefulSet',
  );

test.each([
  [{}, undefined, 'complete', '3 of 3 ready'],
  [{ readyReplicas: 1 }, undefined, 'waiting', '1 of 3 ready, 2 to start'],
  [{ updateRevision: 'b', updatedReplicas: 1 }, undefined, 'waiting', '3 of 3 ready, 1 of 3 updated'],
  [
    { updateRevision: 'b', updatedReplicas: 1 },
    { rollingUpdate: { partition: 2 } },
    'complete',
    '3 of 3 ready',
  ],
  [{ updateRevision: 'b', updatedReplicas: 0 }, { type: 'OnDelete' }, 'complete', '3 of 3 ready'],
  [{ observedGeneration: 0 }, undefined, 'waiting', '3 of 3 ready, change not yet picked up'],
])('a StatefulSet with %j and %j is %s', (status, strategy, phase, text) => {
  expect(statefulSet(status, strategy)).toEqual({ phase, text });
});

test.each([
  [{}, {}, 'waiting', '0 of 1 completed, 0 of 0 running'],
  [{ active: 2, ready: 1 }, { completions: 2 }, 'waiting', '0 of 2 completed, 1 of 2 running'],
  [{ active: 1, ready: 1, succeeded: 1 }, { completions: 2 }, 'complete', '1 of 2 completed, 1 of 1 running'],
  [{ succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] }, {}, 'complete', '1 of 1 completed'],
  [
    { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] },
    {},
    'stuck',
    '0 of 1 completed, failed: BackoffLimitExceeded',
  ],
  [
    { conditions: [{ type: 'Failed', status: 'False' }] },
    { suspend: true },
    'complete',
    '0 of 1 completed, suspended',
  ],
])('a Job with %j and %j is %s', (status, spec, phase, text) => {
  expect(jobRollout({ spec: { template: {}, ...spec }, status })).toEqual({ phase, text });
});

test('a CronJob that is suspended waits for nothing, whatever its last run came to', () => {
  const failed = { status: { conditions: [{ type: 'Failed', status: 'True' }] } };
  const suspended = { spec: { schedule: '@daily', jobTemplate: {}, suspend: true } };
  expect(cronJobRollout(suspended, failed)).toEqual({
    phase: 'complete',
    text: 'schedule "@daily", suspended',
  });
});

test.each([
  [{ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }, 'complete'],
  [{ phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] }, 'waiting'],
  [{ phase: 'Succeeded' }, 'complete'],
  [{ phase: 'Failed' }, 'stuck'],
])('a Pod with %j is %s', (status, phase) => {
  expect(podRollout({ status })).toMatchObject({ phase });
});
