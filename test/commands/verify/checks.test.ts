import type { CheckResult } from '../../../lib/commands/cluster/check';
import { brokenStates, podsNamed } from './support/broken-states';
import { changed, checksOf, healthyShop, runVerify, type State } from './support/run-verify';
import { shop } from './support/shop';

const statusOf = (results: readonly CheckResult[], status: string) =>
  results.filter((result) => result.status === status).map(({ id }) => id);
const found = (results: readonly CheckResult[], id: string) => results.find((result) => result.id === id)!;
const broken = (what: string): State => changed(brokenStates.find((state) => state.what === what)!.break);

test.each(['small', 'large'] as const)('every check holds for the shop at variant %s', async (variant) => {
  const { status, stdout } = await runVerify({ state: healthyShop(variant) }, '--json');
  const results: readonly CheckResult[] = JSON.parse(stdout).clusters[0].checks;
  expect(results.filter((one) => one.status !== 'held').map(({ id }) => id)).toEqual(['not-followed']);
  expect(status).toBe(0);
});

test('every profile, every role and every workload is looked at, CoreDNS too', async () => {
  const results = await checksOf({});
  const subjects = (id: string) => [
    ...new Set(found(results, id).subjects.map(({ subject, owner }) => owner ?? subject)),
  ];
  const workloads = ['web', 'api'].map((name) => `Deployment shop/${name}`);
  const all = [...workloads, 'StatefulSet shop/db', 'Job shop/migrate', 'CronJob shop/report'];
  expect(subjects('role-trust')).toEqual(['system', 'shop', 'ServiceAccount shop/reporter']);
  expect(subjects('service-account-role')).toEqual(['ServiceAccount shop/reporter']);
  expect(subjects('profile-status')).toEqual(['system', 'shop']);
  expect(subjects('rollout').toSorted()).toEqual([...all, 'Deployment kube-system/coredns'].toSorted());
  expect(subjects('capacity').toSorted()).toEqual(subjects('rollout').toSorted());
});

test('what is not followed is named with its reason, and spoils nothing', async () => {
  expect(found(await checksOf({}), 'not-followed')).toMatchObject({
    status: 'noted',
    subjects: [
      { subject: 'DaemonSet shop/agent', observed: 'a DaemonSet gets no pod on Fargate' },
      { subject: 'Rollout shop/beta', observed: 'only its controller knows what becomes of a Rollout' },
    ],
  });
});

test.each(brokenStates)(
  '$check breaks, and nothing else, when $what',
  async ({ break: change, check, ...rest }) => {
    const results = await checksOf({ state: changed(change) });
    expect(statusOf(results, 'broken')).toEqual([check]);
    expect(statusOf(results, 'unknown').toSorted()).toEqual([...(rest.follows ?? [])].toSorted());
    expect(JSON.stringify(results)).not.toContain('the check itself failed');
    const subjects = found(results, check).subjects.filter(({ status }) => status === 'broken');
    expect(subjects.map(({ observed }) => observed)).toEqual(rest.observed);
    const { usualCause = '' } = subjects[0]!;
    expect(usualCause.slice(0, rest.cause?.length)).toBe(rest.cause ?? usualCause);
    expect(usualCause).not.toBe('');
  },
);

test.each([
  ['on-fargate', 'a pod is on a node of another name'],
  ['capacity', 'a pod has the size of another variant'],
  ['logging', 'a pod of CoreDNS started before the logging ConfigMap was there'],
])('a pod that breaks %s comes with what the cluster says of it', async (id, what) => {
  const { subjects } = found(await checksOf({ state: broken(what) }), id);
  const subject = subjects.find(({ status }) => status === 'broken');
  expect(subject!.evidence).toContainEqual(expect.stringMatching(/^Pod \S+: fargate-scheduler Scheduled: /));
});

test.each([
  [
    'the namespace refuses the pods',
    'Deployment shop/web: ReplicaFailure=True FailedCreate: pods "x" is forbidden: violates PodSecurity',
  ],
  [
    'the pods of the StatefulSet are refused',
    'StatefulSet shop/db: fargate-scheduler FailedCreate: pods "db-0" is forbidden: violates PodSecurity',
  ],
  [
    'an init container finds no image',
    expect.stringMatching(/^Pod shop\/web-\S+: init container prepare: ImagePullBackOff, back-off 5m0s$/),
  ],
  [
    'Fargate cannot provision',
    expect.stringMatching(/^Pod \S+: fargate-scheduler FailedScheduling: Pod provisioning timed out/),
  ],
])('a rollout tells in the words of the cluster that %s', async (what, evidence) => {
  const { subjects } = found(await checksOf({ state: broken(what) }), 'rollout');
  expect(subjects.flatMap((subject) => subject.evidence ?? [])).toContainEqual(evidence);
});

test('a pod that Fargate may have given up on has to be deleted', async () => {
  const { subjects } = found(await checksOf({ state: broken('Fargate cannot provision') }), 'rollout');
  expect(subjects.find(({ status }) => status === 'broken')!.usualCause).toMatch(/Then delete the pod/);
});

test('a Deployment that goes on after a pause is not told as paused', async () => {
  const state = broken('Fargate cannot provision');
  const web = state.cluster.deployments.find(({ metadata }) => metadata?.name === 'web')!;
  web.status!.conditions = [
    { type: 'Progressing', status: 'Unknown', reason: 'DeploymentResumed', message: 'it is resumed' },
  ];
  const { subjects } = found(await checksOf({ state }), 'rollout');
  expect(JSON.stringify(subjects)).not.toContain('DeploymentResumed');
});

test('an autoscaler may ask for any number of its range, and not for more', async () => {
  const replicasOf = async (replicas: number) => {
    const state = changed(({ cluster }) => {
      const api = cluster.deployments.find(({ metadata }) => metadata?.name === 'api')!;
      Object.assign(api.spec!, { replicas });
      Object.assign(api.status!, {
        replicas,
        updatedReplicas: replicas,
        readyReplicas: replicas,
        availableReplicas: replicas,
      });
    });
    const { subjects } = found(await checksOf({ state }), 'replicas');
    return subjects.find(({ subject }) => subject === 'Deployment shop/api')!;
  };
  expect(await replicasOf(3)).toMatchObject({ status: 'held', observed: '3, of 2-4' });
  expect(await replicasOf(5)).toMatchObject({ status: 'broken', expected: '2-4', observed: '5' });
});

test('an autoscaler of a target without replicas scales nothing, and that is no failure', async () => {
  const state = changed(({ cluster }) =>
    Object.assign(cluster.horizontalpodautoscalers[0]!.status!.conditions![1]!, {
      status: 'False',
      reason: 'ScalingDisabled',
    }),
  );
  expect(found(await checksOf({ state }), 'autoscalers').status).toBe('held');
});

test('a budget of pods that are scaled to nothing forbids nothing', async () => {
  const state = changed(({ cluster }) => {
    cluster.pods = cluster.pods.filter((pod) => !podsNamed(cluster, 'web').includes(pod));
    Object.assign(cluster.poddisruptionbudgets[0]!.status!, { disruptionsAllowed: 0, currentHealthy: 0 });
  });
  expect(found(await checksOf({ state }), 'budgets').status).toBe('held');
});

test.each<[string, (state: State) => unknown, string]>([
  [
    'a CronJob that did not run yet',
    ({ cluster }) => {
      cluster.jobs = cluster.jobs.filter(({ metadata }) => metadata?.name === 'migrate');
      cluster.pods = cluster.pods.filter((pod) => !podsNamed(cluster, 'report').includes(pod));
      cluster.cronjobs[0]!.status = {};
    },
    'schedule "0 3 * * *", no run yet',
  ],
  [
    'a CronJob whose last run is no longer kept',
    ({ cluster }) => {
      cluster.jobs = cluster.jobs.filter(({ metadata }) => metadata?.name === 'migrate');
      cluster.pods = cluster.pods.filter((pod) => !podsNamed(cluster, 'report').includes(pod));
    },
    'schedule "0 3 * * *", last run at 2026-11-24T03:00:00Z, no longer kept',
  ],
  [
    'a Job that Kubernetes has removed after its end',
    ({ cluster }) => {
      cluster.jobs = cluster.jobs.filter(({ metadata }) => metadata?.name !== 'migrate');
      cluster.pods = cluster.pods.filter((pod) => !podsNamed(cluster, 'migrate').includes(pod));
    },
    'no longer there: Kubernetes removes it 600 s after its end',
  ],
])('%s is no failure', async (_what, change, observed) => {
  const results = await checksOf({ state: changed(change) });
  expect(statusOf(results, 'broken')).toEqual([]);
  expect(statusOf(results, 'unknown')).toEqual([]);
  expect(found(results, 'rollout').subjects.map((subject) => subject.observed)).toContain(observed);
});

test('the last of several runs of a CronJob counts', async () => {
  const state = changed(({ cluster }) => {
    const last = cluster.jobs.find(({ metadata }) => metadata?.name === 'report-29401')!;
    const failed = structuredClone(last);
    Object.assign(failed.metadata!, {
      name: 'report-1',
      uid: 'older',
      creationTimestamp: '2026-11-23T03:00:00Z',
    });
    failed.status = { conditions: [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }] };
    cluster.jobs.unshift(failed);
  });
  expect(statusOf(await checksOf({ state }), 'broken')).toEqual([]);
});

test('pods of another owner that a selector happens to select are not left over', async () => {
  const state = changed(({ cluster }) => {
    const [migrate] = podsNamed(cluster, 'migrate');
    Object.assign(migrate!.metadata!.labels!, { app: 'web', compute: 'fargate' });
  });
  expect(statusOf(await checksOf({ state }), 'broken')).toEqual([]);
});

test('a pod without the label of a profile is not on another one', async () => {
  const state = changed(({ cluster }) => {
    for (const { metadata } of podsNamed(cluster, 'web')) {
      delete metadata!.labels!['eks.amazonaws.com/fargate-profile'];
    }
  });
  expect(statusOf(await checksOf({ state }), 'broken')).toEqual([]);
});

test('a Deployment of the same name in another namespace is another one', async () => {
  const state = changed(({ cluster }) => {
    const others = cluster.deployments.map(({ metadata, spec }) => ({
      metadata: { name: metadata!.name, namespace: metadata!.namespace === 'shop' ? 'kube-system' : 'shop' },
      spec,
      status: { conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] },
    }));
    cluster.deployments.unshift(...others);
    const [autoscaler] = cluster.horizontalpodautoscalers;
    cluster.horizontalpodautoscalers.unshift({
      ...autoscaler!,
      metadata: { ...autoscaler!.metadata, namespace: 'kube-system' },
      status: {} as never,
    });
  });
  expect(statusOf(await checksOf({ state }), 'broken')).toEqual([]);
});

test('a finished pod needs no node any more', async () => {
  const state = changed(({ cluster }) => {
    const [report] = podsNamed(cluster, 'report');
    cluster.nodes = cluster.nodes.filter(({ metadata }) => metadata?.name !== report!.spec?.nodeName);
  });
  const results = await checksOf({ state });
  expect(statusOf(results, 'broken')).toEqual([]);
});

test('objects of the plan, of controllers and of nobody are not left behind', async () => {
  const prune = { 'aws.cdk.eks/prune-shop': '' };
  const state = changed(({ cluster }) => {
    cluster.serviceaccounts.push(
      { metadata: { namespace: 'shop', name: 'default' } },
      {
        metadata: {
          namespace: 'shop',
          name: 'made',
          labels: prune,
          ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid: 'x' }],
        },
      },
    );
    Object.assign(cluster.deployments[0]!.metadata!, { labels: prune });
    Object.assign(cluster.poddisruptionbudgets[0]!.metadata!, { labels: prune });
  });
  expect(found(await checksOf({ state }), 'left-behind')).toMatchObject({ status: 'held' });
});

test.each<[string, Parameters<typeof checksOf>[0], readonly string[]]>([
  [
    'a role',
    { awsErrors: { 'iam get-role': 'AccessDenied' } },
    ['role-managed-policy', 'role-inline-policies', 'role-trust', 'service-account-role', 'profile-role'],
  ],
  [
    'the profiles',
    { awsErrors: { 'eks describe-fargate-profile': 'AccessDeniedException' } },
    ['profile-status', 'profile-selectors', 'profile-role', 'profile-subnets', 'private-subnets'],
  ],
  [
    'the route tables',
    { awsErrors: { 'ec2 describe-route-tables': 'UnauthorizedOperation' } },
    ['private-subnets'],
  ],
  ['the budgets', { refusals: { '/apis/policy/v1/namespaces/shop/poddisruptionbudgets': 403 } }, ['budgets']],
  ['the API of a kind', { refusals: { '/apis/policy/v1': 403 } }, ['left-behind']],
])('what was not seen is unknown, never held: %s', async (_what, scenario, ids) => {
  const results = await checksOf(scenario);
  expect(statusOf(results, 'unknown')).toEqual(ids);
  expect(statusOf(results, 'broken')).toEqual([]);
});

test.each<[string, Parameters<typeof checksOf>[0]]>([
  ['events', { refusals: { '/api/v1/namespaces/shop/events': 403 } }],
  ['an aggregated API whose server is down', { refusals: { '/apis/metrics.k8s.io/v1beta1': 503 } }],
])('all is judged without %s', async (_what, scenario) => {
  expect(statusOf(await checksOf(scenario), 'unknown')).toEqual([]);
});

test('a quota that may not be read is told with what the plan needs, and spoils nothing', async () => {
  const results = await checksOf({
    awsErrors: { 'service-quotas get-service-quota': 'AccessDeniedException' },
  });
  expect(found(results, 'vcpu-quota')).toMatchObject({
    status: 'noted',
    subjects: [
      {
        observed: expect.stringMatching(
          /^not read; the plan needs 3 at its maximum\. not allowed to call GetServiceQuota/,
        ),
      },
    ],
  });
});

test('where nothing logs, no pod has to', async () => {
  const quiet = shop.variants.map((variant) => {
    const [plan] = variant.clusters;
    const silent = Object.create(plan!, {
      objects: {
        value: plan!.objects.map((one) => ({
          ...one,
          objects: one.objects.filter(
            ({ kind }) => !['ConfigMap', 'HorizontalPodAutoscaler'].includes(kind!),
          ),
        })),
      },
    });
    return { ...variant, clusters: [silent] };
  });
  const ids = (await checksOf({ plan: () => ({ ...shop, variants: quiet }) })).map(({ id }) => id);
  expect(ids).toContain('capacity');
  expect(ids).not.toContain('logging');
  // A check without a subject is not made.
  expect(ids).not.toContain('autoscalers');
});

test.each([
  ['waits for a deletion', { type: 'OnDelete' }],
  ['stops at a partition', { type: 'RollingUpdate', rollingUpdate: { partition: 1 } }],
])('a StatefulSet whose update %s may have pods of both revisions', async (_what, updateStrategy) => {
  const state = changed(({ cluster }) => {
    Object.assign(cluster.statefulsets[0]!.spec!, { updateStrategy });
    Object.assign(cluster.statefulsets[0]!.status!, { updateRevision: 'db-2', updatedReplicas: 0 });
  });
  const results = await checksOf({ state });
  expect([...statusOf(results, 'broken'), ...statusOf(results, 'unknown')]).toEqual([]);
});

test('a kubelet may be three minor versions older than the control plane', async () => {
  const state = changed(({ cluster }) =>
    cluster.nodes.forEach(({ status }) => (status!.nodeInfo!.kubeletVersion = 'v1.33.1-eks-0')),
  );
  expect(found(await checksOf({ state }), 'kubelet-version').status).toBe('held');
});

test('a quota that the plan just fits into holds', async () => {
  const state = changed(({ aws }) => (aws.quota = 3));
  expect(found(await checksOf({ state }), 'vcpu-quota').status).toBe('held');
});

test('a dead route to a single destination is shown only', async () => {
  const state = changed(({ aws }) =>
    aws.subnets[0]!.routes.push(
      { DestinationCidrBlock: '192.168.0.0/16', VpcPeeringConnectionId: 'pcx-1', State: 'blackhole' },
      { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1', State: 'active' },
    ),
  );
  expect(found(await checksOf({ state }), 'private-subnets')).toMatchObject({
    status: 'held',
    subjects: [
      {
        observed:
          'us-west-2a, rtb-00: 0.0.0.0/0 -> nat-00, 192.168.0.0/16 -> pcx-1 (blackhole), pl-1 -> vpce-1',
      },
      { status: 'held' },
    ],
  });
});

test('what is planned without a pod, or suspended, has none to look at', async () => {
  const [variant] = shop.variants;
  const [plan] = variant!.clusters;
  const idle = Object.create(plan!, {
    check: {
      value: () => ({
        pods: plan!.check().pods.map((pod) => ({
          ...pod,
          ...(pod.name === 'web' && { count: { min: 0, max: 0 } }),
          ...(pod.run && { run: { ...pod.run, suspended: true } }),
        })),
      }),
    },
  });
  const state = changed(({ cluster }) => {
    const web = cluster.deployments.find(({ metadata }) => metadata?.name === 'web')!;
    Object.assign(web.spec!, { replicas: 0 });
    Object.assign(web.status!, { replicas: 0, updatedReplicas: 0, readyReplicas: 0, availableReplicas: 0 });
    cluster.pods = cluster.pods.filter((pod) => !podsNamed(cluster, 'web').includes(pod));
    Object.assign(cluster.cronjobs[0]!.spec!, { suspend: true });
  });
  const results = await checksOf({
    state,
    plan: () => ({ ...shop, variants: [{ ...variant!, clusters: [idle] }] }),
  });
  expect([...statusOf(results, 'broken'), ...statusOf(results, 'unknown')]).toEqual([]);
});
