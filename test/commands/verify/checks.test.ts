import { checkList, overall, runChecks } from '../../../lib/commands/verify/checks';
import { combine } from '../../../lib/commands/verify/judge-workloads';
import { brokenStates } from './support/broken-states';
import {
  designedLogPermissions,
  expectedOf,
  healthyState,
  logGroupArn,
  observe,
  type State,
  type Variant,
} from './support/states';

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

test.each(['on-fargate', 'capacity', 'logging', 'one-pod-per-node'])(
  'a pod that breaks %s comes with what the cluster says of it',
  (id) => {
    const state = healthyState('scaled');
    brokenStates.find(({ check }) => check === id)!.break(state);
    const broken = judge(state).find((result) => result.id === id)!;
    expect(broken.evidence).toContainEqual(expect.stringMatching(/^Pod checkout-\S+: \S+ \w+: \S/));
  },
);

test('every check has a state that breaks it', () => {
  expect(new Set(brokenStates.map(({ check }) => check))).toEqual(new Set(checkList.map(({ id }) => id)));
});

test('ids are unique, and every check says what usually breaks it', () => {
  expect(new Set(checkList.map(({ id }) => id)).size).toBe(checkList.length);
  expect(checkList.filter(({ title, usualCause }) => title === '' || usualCause === '')).toEqual([]);
});

test('steps come in the order of the walk-through', () => {
  const steps = checkList.map(({ step }) => step);
  expect(steps).toEqual(steps.toSorted());
});

test.each([
  ['role', ['role-managed-policy', 'role-log-permissions', 'role-trust']],
  ['profile', checkList.filter(({ step }) => step === 2).map(({ id }) => id)],
  ['subnets', ['private-subnets']],
  ['workloads', checkList.filter(({ step }) => step > 2).map(({ id }) => id)],
  ['nodes', ['on-fargate']],
  ['events', []],
])('what was not seen is unknown, never held: %s', (part, ids) => {
  const observed = { ...observe(healthyState('scaled')), [part]: { notSeen: 'not allowed to look' } };
  const results = runChecks(expectedOf('scaled'), observed);

  const unknown = results.filter(({ status }) => status !== 'held');
  expect(unknown.map(({ id }) => id)).toEqual(ids);
  expect(unknown.filter(({ observed: text }) => !text.includes('not allowed to look'))).toEqual([]);
  expect(overall(results)).toBe(ids.length === 0 ? 'held' : 'unknown');
});

test('a check that throws is unknown', () => {
  const [check] = checkList;
  const results = runChecks(expectedOf('scaled'), observe(healthyState('scaled')), [
    {
      ...check!,
      judge: () => {
        throw new Error('a defect');
      },
    },
  ]);
  expect(results).toMatchObject([{ status: 'unknown', observed: 'the check itself failed: a defect' }]);
  expect(overall(results)).toBe('unknown');
});

test('a workload whose profile selects by namespace alone needs no label, and that is said', () => {
  const { workloads, ...rest } = expectedOf('labelled');
  const expected = { ...rest, workloads: workloads.map((workload) => ({ ...workload, labels: {} })) };
  const results = runChecks(expected, observe(healthyState('labelled')));
  expect(results.find(({ id }) => id === 'pod-labels')).toMatchObject({
    status: 'held',
    observed: 'checkout needs none; checkout-redis needs none',
  });
});

test('a pod without any label carries none', () => {
  const state = healthyState('scaled');
  Object.assign(state.pods[0]!, { labels: {} });
  const { workloads, ...rest } = expectedOf('scaled');
  const expected = { ...rest, workloads: workloads.map((workload) => ({ ...workload, selector: {} })) };
  const found = runChecks(expected, observe(state)).find(({ id }) => id === 'pod-labels');
  expect(found?.evidence).toContain(`Pod ${state.pods[0]!.name} carries none`);
});

test('what no check looks at leaves the whole unknown, and hides nothing that is broken', () => {
  const expected = {
    ...expectedOf('scaled'),
    unfollowed: [{ object: 'StatefulSet shop/cart', reason: 'only Deployments are followed' }],
  };
  const healthy = runChecks(expected, observe(healthyState('scaled')));
  expect(healthy.filter(({ status }) => status !== 'held')).toEqual([
    {
      id: 'not-followed',
      step: 3,
      title: 'StatefulSet shop/cart',
      status: 'unknown',
      expected: 'its pods on Fargate',
      observed: 'not looked at: only Deployments are followed',
      evidence: [],
      usualCause: null,
    },
  ]);
  expect(overall(healthy)).toBe('unknown');

  const state = healthyState('scaled');
  brokenStates[0]!.break(state);
  expect(overall(runChecks(expected, observe(state)))).toBe('broken');
});

test('no check at all has shown nothing', () => {
  expect(overall([])).toBe('unknown');
});

test('a pod that does not start shows what the scheduler says of it, and what is usually behind that', () => {
  const broken = brokenStates.find(({ what }) => what === 'Fargate cannot provision the third pod');
  const state = healthyState('scaled');
  broken?.break(state);

  expect(judge(state).find(({ id }) => id === 'rollout')).toMatchObject({
    evidence: [
      'Pod checkout-78fbb666b-p7m4d: fargate-scheduler FailedScheduling: Pod provisioning timed out (will retry) for pod: checkout/checkout-78fbb666b-p7m4d',
    ],
    usualCause:
      'Fargate retries by itself. Where it goes on, the private subnets have no way out (NAT gateway or VPC endpoints for ECR, S3 and STS), or no free addresses',
  });
});

test.each([
  ['a pod of the older ReplicaSet hangs in its deletion', /^the pod is still ending/],
  ['a pod that scaling in has ended hangs in its deletion, and its node is gone', /^the pod is still ending/],
  ['an evicted pod was left behind', /^the pod was evicted/],
])('the advice fits when %s', (what, advice) => {
  const state = healthyState('scaled');
  brokenStates.find((broken) => broken.what === what)!.break(state);
  const found = judge(state).find(({ id }) => id === 'no-leftover-pods');
  expect(found?.usualCause).toMatch(advice);
});

const none = {
  replicas: 0,
  currentReplicas: 0,
  updatedReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
};

/** `scaled`, with no replica of the named workloads predicted, nor there. */
function withoutReplicas(...names: readonly string[]) {
  const { workloads, ...rest } = expectedOf('scaled');
  const state = healthyState('scaled');
  for (const deployment of state.deployments.filter(({ name }) => names.includes(name))) {
    Object.assign(deployment, none);
    const own = new RegExp(`^${deployment.name}-[^-]+-[^-]+$`);
    state.pods = state.pods.filter(({ name }) => !own.test(name));
  }
  const expected = {
    ...rest,
    workloads: workloads.map((workload) =>
      names.includes(workload.name) ? { ...workload, replicas: 0 } : workload,
    ),
  };
  return { expected, state };
}

test.each([[['checkout']], [['checkout', 'checkout-redis']]])(
  'every check holds for %j without a replica, as predicted',
  (names) => {
    const { expected, state } = withoutReplicas(...names);
    const results = runChecks(expected, observe(state));
    expect(results.filter(({ status }) => status !== 'held')).toEqual([]);
  },
);

test('without any pod, none shares a node', () => {
  const { expected, state } = withoutReplicas('checkout', 'checkout-redis');
  const found = runChecks(expected, observe(state)).find(({ id }) => id === 'one-pod-per-node');
  expect(found?.observed).toBe('one pod on each (no pods)');
});

test('what should have no replica is not judged before its Deployment is there', () => {
  const { expected, state } = withoutReplicas('checkout');
  state.deployments.shift();
  const results = runChecks(expected, observe(state));
  expect(results.find(({ id }) => id === 'rollout')?.status).toBe('broken');
  expect(results.find(({ id }) => id === 'on-fargate')).toMatchObject({
    status: 'unknown',
    observed: 'checkout not judged, follows from "rollout"',
  });
});

test('what was scaled to nothing by hand is told by the check of the replicas', () => {
  const { state } = withoutReplicas('checkout');
  const results = runChecks(expectedOf('scaled'), observe(state));
  expect(results.filter(({ status }) => status === 'broken').map(({ id }) => id)).toEqual(['replicas']);
  expect(results.find(({ id }) => id === 'on-fargate')).toMatchObject({
    status: 'unknown',
    observed: 'checkout not judged, follows from "replicas"',
  });
});

test.each([
  [
    'the namespace refuses the pods',
    'Deployment checkout: ReplicaFailure=True FailedCreate: pods "checkout-78fbb666b-fftl5" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
    'the namespace enforces a Pod Security level',
  ],
  [
    'a quota refuses the pods',
    'Deployment checkout: ReplicaFailure=True FailedCreate: pods "x" is forbidden: exceeded quota: pods',
    'Kubernetes refuses to make the pods',
  ],
  [
    'the Deployment is paused',
    'Deployment checkout: Progressing=Unknown DeploymentPaused: Deployment is paused',
    'someone paused the Deployment',
  ],
  [
    'the ReplicaSet cannot be made',
    'Deployment checkout: Progressing=False ReplicaSetCreateError: Failed to create it',
    'Kubernetes cannot make the ReplicaSet',
  ],
  [
    'the rollout made no progress in time',
    'Deployment checkout: Progressing=False ProgressDeadlineExceeded',
    'no further pod became ready within progressDeadlineSeconds',
  ],
  [
    'an init container crashes',
    'Pod checkout-78fbb666b-fftl5: init container migrate: CrashLoopBackOff, back-off 5m0s restarting failed container',
    'the container starts and ends again',
  ],
])('a rollout tells why it goes no further when %s', (what, evidence, cause) => {
  const state = healthyState('scaled');
  brokenStates.find((broken) => broken.what === what)!.break(state);
  const found = judge(state).find(({ id }) => id === 'rollout');
  expect(found?.evidence).toContain(evidence);
  expect(found?.usualCause?.startsWith(cause)).toBe(true);
});

test('a container that crashes is told before the deadline that it made the rollout miss', () => {
  const state = healthyState('scaled');
  brokenStates.find(({ what }) => what === 'Kubernetes has given up on the rollout')!.break(state);
  expect(judge(state).find(({ id }) => id === 'rollout')).toMatchObject({
    evidence: [
      'Deployment checkout: Progressing=False ProgressDeadlineExceeded',
      expect.stringContaining('Ready=False'),
      expect.stringContaining('container checkout: CrashLoopBackOff'),
      expect.stringContaining('LoggingEnabled'),
      expect.stringContaining('Scheduled'),
    ],
    usualCause: expect.stringMatching(/^the container starts and ends again/),
  });
});

test('a Deployment that goes on after a pause is not told as paused', () => {
  const state = healthyState('scaled');
  brokenStates.find(({ what }) => what === 'Fargate cannot provision the third pod')!.break(state);
  const conditions = [
    { type: 'Progressing', status: 'Unknown', reason: 'DeploymentResumed', message: 'Deployment is resumed' },
    { type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'not yet' },
  ];
  Object.assign(state.deployments[0] ?? {}, { conditions });
  const found = judge(state).find(({ id }) => id === 'rollout');
  expect(found?.evidence.filter((line) => line.startsWith('Deployment'))).toEqual([]);
});

test('a condition of the generation before tells nothing of a change that was not picked up', () => {
  const state = healthyState('scaled');
  brokenStates.find(({ what }) => what === 'the namespace refuses the pods')!.break(state);
  Object.assign(state.deployments[0] ?? {}, { generation: 2 });
  expect(judge(state).find(({ id }) => id === 'rollout')).toMatchObject({
    evidence: [],
    usualCause: expect.stringMatching(/^the control plane has not taken the change up/),
  });
});

const write = designedLogPermissions;

// What AWS documents for the role beyond what the stack grants, and other ways to name the streams.
test.each([
  ['all streams by name', [{ ...write, Resource: `${logGroupArn}:log-stream:*` }]],
  ['the group besides its streams', [{ ...write, Resource: [logGroupArn, `${logGroupArn}:*`] }]],
  [
    'what makes the group, too',
    [write, { ...write, Action: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'] }],
  ],
  ['an action a statement', write.Action.map((Action) => ({ ...write, Action }))],
])('the permission to log holds for %s', (_what, statements) => {
  const state = healthyState('scaled');
  Object.assign(state.role, {
    inlinePolicies: [{ name: 'PodLogs', document: { Version: '2012-10-17', Statement: statements } }],
  });
  const results = judge(state);
  expect(results.filter(({ status }) => status !== 'held')).toEqual([]);
  // What is allowed besides is told.
  const allowed = [...new Set(statements.flatMap(({ Action }) => Action))].toSorted().join(', ');
  expect(results.map(({ observed }) => observed)).toContain(
    `PodLogs: ${allowed} on ${logGroupArn}, nothing else`,
  );
});

test('what Amazon EKS says of an unhealthy profile is shown', () => {
  const state = healthyState('scaled');
  brokenStates.find(({ what }) => what.endsWith('active profile is unhealthy'))!.break(state);
  expect(judge(state).find(({ id }) => id === 'profile-status')).toMatchObject({
    evidence: ['AccessDenied: the role cannot be assumed', 'InternalFailure: try again'],
    usualCause: expect.stringMatching(/^the health issues name it/),
  });
});

test('a deleted NAT gateway is told as the cause where it is the only one', () => {
  const causes = brokenStates
    .filter(({ check }) => check === 'private-subnets')
    .map((broken) => {
      const state = healthyState('scaled');
      broken.break(state);
      const found = judge(state).find(({ id }) => id === 'private-subnets');
      return [
        broken.what,
        found?.usualCause?.startsWith('the target of the route, most often a NAT gateway, was deleted'),
      ];
    });
  expect(Object.fromEntries(causes)).toEqual({
    'a subnet is public': false,
    'a subnet was deleted': false,
    'a NAT gateway was deleted': true,
    'one NAT gateway was deleted, and another subnet is public': false,
  });
});

test('a dead route to a single destination is shown, and breaks nothing', () => {
  const state = healthyState('scaled');
  Object.assign(state.subnets[1]!, {
    routes: [...state.subnets[1]!.routes, { destination: '10.9.0.0/16', target: 'pcx-0a', isDead: true }],
  });
  const results = judge(state);
  expect(results.filter(({ status }) => status !== 'held')).toEqual([]);
  expect(results.find(({ id }) => id === 'private-subnets')?.evidence).toContain(
    'subnet-0b22 (us-west-2b, rtb-01): 0.0.0.0/0 -> nat-01, 10.9.0.0/16 -> pcx-0a (blackhole)',
  );
});

test('a Deployment that is not there has no container logs to look at', () => {
  const state = healthyState('scaled');
  brokenStates.find(({ what }) => what === 'the Deployment of redis was deleted')!.break(state);
  const found = judge(state).find(({ id }) => id === 'rollout');
  expect(found?.usualCause).toMatch(/^the Deployment was deleted by hand/);
});

test('a cause is told only where it is that of every problem', () => {
  const broken = (likelyCause?: string) => ({
    name: 'pod',
    part: { problem: 'is there', ...(likelyCause === undefined ? {} : { likelyCause }) },
  });
  const causeOf = (...parts: readonly ReturnType<typeof broken>[]) => combine(parts, 'none', 'none');
  expect(causeOf(broken('it ends'), broken('it ends'))).toHaveProperty('likelyCause', 'it ends');
  expect(causeOf(broken('it ends'), broken())).not.toHaveProperty('likelyCause');
  expect(causeOf(broken('it ends'), broken('it failed'))).not.toHaveProperty('likelyCause');
});
