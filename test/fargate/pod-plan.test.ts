import type { CheckOptions } from '../../lib/fargate/check-manifests';
import type { PodCount } from '../../lib/fargate/manifest/autoscaler';
import type { PodRun } from '../../lib/fargate/manifest/pod';
import { check, container, deployment, object, withResources, type Manifest } from './support/manifests';

const podSpec = { containers: [container()] };
const template = { template: { metadata: { labels: { app: 'cart' } }, spec: podSpec } };
const job = (spec: Manifest) => object('batch/v1', 'Job', { spec: { ...spec, ...template } });

test.each([
  ['Pod', object('v1', 'Pod', { spec: podSpec }), 1],
  ['Pod with replicas, which it cannot have', object('v1', 'Pod', { spec: { replicas: 3, ...podSpec } }), 1],
  ['Deployment', object('apps/v1', 'Deployment', { spec: { replicas: 3, ...template } }), 3],
  ['Deployment without replicas', object('apps/v1', 'Deployment', { spec: template }), 1],
  ['Deployment scaled to zero', object('apps/v1', 'Deployment', { spec: { replicas: 0, ...template } }), 0],
  ['ReplicaSet', object('apps/v1', 'ReplicaSet', { spec: { replicas: 2, ...template } }), 2],
  ['ReplicationController', object('v1', 'ReplicationController', { spec: { replicas: 2, ...template } }), 2],
  ['StatefulSet', object('apps/v1', 'StatefulSet', { spec: { replicas: 2, ...template } }), 2],
  ['Job', object('batch/v1', 'Job', { spec: { parallelism: 4, ...template } }), 4],
  ['Job of few completions', job({ parallelism: 5, completions: 1 }), 1],
  ['Job of many completions', job({ parallelism: 5, completions: 9 }), 5],
  ['Job that is done from the start', job({ completions: 0 }), 0],
  ['suspended Job', job({ parallelism: 5, suspend: true }), 0],
  ['Job that is not suspended', job({ suspend: false }), 1],
  [
    'suspended CronJob',
    object('batch/v1', 'CronJob', { spec: { suspend: true, jobTemplate: { spec: template } } }),
    0,
  ],
  [
    'CronJob of suspended Jobs',
    object('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { suspend: true, ...template } } } }),
    0,
  ],
  [
    'CronJob of few completions',
    object('batch/v1', 'CronJob', {
      spec: { jobTemplate: { spec: { parallelism: 3, completions: 2, ...template } } },
    }),
    2,
  ],
  [
    'suspended Deployment, which nobody can suspend',
    object('apps/v1', 'Deployment', { spec: { suspend: true, ...template } }),
    1,
  ],
  ['CronJob', object('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: template } } }), 1],
  [
    'CronJob with parallel pods',
    object('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { parallelism: 3, ...template } } } }),
    3,
  ],
  ['negative replicas', object('apps/v1', 'StatefulSet', { spec: { replicas: -2, ...template } }), 0],
  [
    'a kind nobody here knows',
    object('argoproj.io/v1alpha1', 'Rollout', { spec: { replicas: 2, ...template } }),
    2,
  ],
])('finds the pods of %s', (_name, manifest, count) => {
  expect(check([manifest]).pods).toMatchObject([
    {
      index: 0,
      namespace: 'shop',
      name: 'cart',
      count: { min: count, max: count },
      profile: 'all',
      size: { milliCpu: 250, memoryMiB: 512 },
    },
  ]);
});

test('a DaemonSet has no pods on Fargate, and so no number, profile or size', () => {
  const [pod] = check([object('apps/v1', 'DaemonSet', { spec: template })]).pods;
  expect(pod).toMatchObject({ object: 'DaemonSet shop/cart' });
  expect([pod!.count, pod!.profile, pod!.size]).toEqual([undefined, undefined, undefined]);
});

const autoscaler = (spec: Manifest, kind = 'Deployment') =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind, name: 'cart' }, ...spec },
  });

test.each<[string, Manifest, Manifest, PodCount]>([
  [
    'its range, whatever the Deployment says',
    { replicas: 1 },
    autoscaler({ minReplicas: 2, maxReplicas: 10 }),
    { min: 2, max: 10 },
  ],
  ['at least one', {}, autoscaler({ maxReplicas: 3 }), { min: 1, max: 3 }],
  ['its minimum, when it says no maximum', {}, autoscaler({ minReplicas: 2 }), { min: 2, max: 2 }],
  [
    'none, once it is scaled to zero by hand',
    { replicas: 0 },
    autoscaler({ maxReplicas: 3 }),
    { min: 0, max: 0 },
  ],
  [
    'its own, when another kind is scaled',
    { replicas: 4 },
    autoscaler({ maxReplicas: 9 }, 'StatefulSet'),
    {
      min: 4,
      max: 4,
    },
  ],
  [
    'its own, when another namespace is scaled',
    { replicas: 4 },
    {
      ...autoscaler({ maxReplicas: 9 }),
      metadata: { name: 'cart', namespace: 'other' },
    },
    { min: 4, max: 4 },
  ],
  [
    'its own, when what scales it is no HorizontalPodAutoscaler',
    { replicas: 4 },
    { ...autoscaler({ maxReplicas: 9 }), kind: 'Scale' },
    { min: 4, max: 4 },
  ],
  [
    'its own, when what scales it is of another API group',
    { replicas: 4 },
    { ...autoscaler({ maxReplicas: 9 }), apiVersion: 'example.com/v1' },
    { min: 4, max: 4 },
  ],
])('an autoscaled Deployment has %s', (_what, spec, hpa, count) => {
  const scaled = object('apps/v1', 'Deployment', { spec: { ...spec, ...template } });
  expect(check([hpa, scaled]).pods).toMatchObject([{ kind: 'Deployment', count }]);
});

const annotated = (hook: string, manifest: Manifest) => ({
  ...manifest,
  metadata: { name: 'cart', namespace: 'shop', annotations: { 'helm.sh/hook': hook } },
});
const cronJob = (spec: Manifest, jobSpec: Manifest = {}) =>
  object('batch/v1', 'CronJob', { spec: { ...spec, jobTemplate: { spec: { ...template, ...jobSpec } } } });

test.each<[string, Manifest, Partial<PodRun>]>([
  ['a Job', job({}), { completions: 1, suspended: false }],
  ['a Job that works through a queue', job({ parallelism: 5 }), { completions: 5 }],
  ['a Job of nine pods, three at a time', job({ parallelism: 3, completions: 9 }), { completions: 9 }],
  ['a suspended Job', job({ suspend: true, completions: 2 }), { completions: 2, suspended: true }],
  ['a Job with a deadline', job({ activeDeadlineSeconds: 600 }), { deadlineSeconds: 600 }],
  [
    'a Job whose pods have an earlier deadline',
    object('batch/v1', 'Job', {
      spec: { activeDeadlineSeconds: 600, template: { spec: { ...podSpec, activeDeadlineSeconds: 60 } } },
    }),
    { deadlineSeconds: 60 },
  ],
  [
    'a CronJob',
    cronJob({ schedule: '0 3 * * *', timeZone: 'Europe/Zurich' }, { completions: 4 }),
    { schedule: '0 3 * * *', timeZone: 'Europe/Zurich', completions: 4, suspended: false },
  ],
  [
    'a Job with fields of a CronJob',
    job({ schedule: '0 3 * * *', timeZone: 'Europe/Zurich' }),
    { schedule: undefined, timeZone: undefined },
  ],
  ['a suspended CronJob', cronJob({ suspend: true }), { suspended: true }],
  [
    'a Pod that Helm runs',
    annotated('pre-install', object('v1', 'Pod', { spec: podSpec })),
    { completions: 1 },
  ],
])('the pods of %s end', (_what, manifest, run) => {
  expect(check([manifest]).pods).toMatchObject([{ run, helmTest: false }]);
});

test.each([
  ['a Pod', object('v1', 'Pod', { spec: podSpec })],
  ['a Deployment', deployment()],
  ['a Pod with an empty Helm hook', annotated('', object('v1', 'Pod', { spec: podSpec }))],
  ['a Pod with an empty list of Helm hooks', annotated(',', object('v1', 'Pod', { spec: podSpec }))],
  ['a Deployment that Helm applies as a hook', annotated('post-install', deployment())],
])('the pods of %s run all the time', (_what, manifest) => {
  expect(check([manifest]).pods.map(({ run, helmTest }) => [run, helmTest])).toEqual([[undefined, false]]);
});

test.each([
  ['test', true],
  ['test-success', true],
  ['test-failure', true],
  [' test , test-success,', true],
  ['post-install, test', false],
  ['test,post-install', false],
  ['pre-test', false],
  ['test-later', false],
  ['post-upgrade', false],
])('a Pod with the Helm hook %s runs only on helm test: %s', (hook, helmTest) => {
  expect(check([annotated(hook, object('v1', 'Pod', { spec: podSpec }))]).pods).toMatchObject([
    { run: { completions: 1 }, helmTest },
  ]);
});

test.each([
  ['20Gi', undefined],
  ['30Gi', 10],
  ['20.5Gi', 0.5],
])('of %s of ephemeral storage, %s GiB are billed', (amount, gib) => {
  const [pod] = check([withResources({ requests: { 'ephemeral-storage': amount } })]).pods;
  expect(pod!.ephemeralGib).toBe(gib);
});

/** A profile that selects some pods only. */
const selective = {
  profiles: [{ name: 'labelled', selectors: [{ namespace: 'shop', labels: { fargate: 'yes' } }] }],
};

test('a pod that lands on no profile is judged, and provisions nothing', () => {
  const large = withResources({ requests: { cpu: '64' } });
  const { pods, findings } = check([deployment(), large], selective);
  expect(pods.map(({ count, profile, size }) => [count, profile, size])).toEqual([
    [{ min: 2, max: 2 }, undefined, undefined],
    [{ min: 2, max: 2 }, undefined, undefined],
  ]);
  expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['no-profile', 'too-large']));
});

test('a pod that an annotation keeps off Fargate provisions nothing, and is judged for that alone', () => {
  const pod = deployment({ hostNetwork: true }, { annotations: { 'eks.amazonaws.com/compute-type': 'ec2' } });
  const { pods, findings } = check([pod], selective);
  expect(pods.map(({ profile, size }) => [profile, size])).toEqual([[undefined, undefined]]);
  expect(check([pod]).pods.map(({ profile, size }) => [profile, size])).toEqual([[undefined, undefined]]);
  expect(findings.map(({ rule }) => rule)).toEqual(['compute-type']);
});

test.each<[string, Manifest, Partial<CheckOptions>]>([
  ['the profiles are not known', deployment(), { profiles: [] }],
  ['its labels are not known', deployment({}, { labels: { fargate: '${Token[TOKEN.1]}' } }), selective],
])('a pod is sized where %s', (_name, pod, options) => {
  const [plan] = check([pod], options).pods;
  expect(plan!.profile).toBeUndefined();
  expect(plan!.size).toEqual({ milliCpu: 250, memoryMiB: 512 });
});

test.each(['lots', '${Token[TOKEN.7]}'])('a request of %s cannot be read, and has no size', (cpu) => {
  const [pod] = check([withResources({ requests: { cpu, 'ephemeral-storage': '30Gi' } })]).pods;
  expect([pod!.size, pod!.ephemeralGib]).toEqual([undefined, undefined]);
});
