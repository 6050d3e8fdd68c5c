import { setTimeout } from 'node:timers/promises';
import type { CheckResult } from '../../../lib/commands/cluster/check';
import { judgeKubernetes } from '../../../lib/commands/cluster/judge-kubernetes';
import { KubectlProxy } from '../../../lib/commands/kubernetes/kubectl-proxy';
import { CouldNotLook } from '../../../lib/commands/could-not-look';
import type { FargatePlayer } from '../../../lib/commands/rehearse/fargate-player/fargate-player';
import type { Manifest } from '../../../lib/fargate/manifest/manifest';
import type { FargatePlan } from '../../../lib/synthesis/fargate-plan';
import { deploymentOf, namespaceObject, objectOf, planWith, podSpec } from '../rehearse/support/plans';
import { describeWithPrograms, generousMs, playFargate, RealCluster } from '../rehearse/support/real-cluster';
import { healthyAws, policy, type AwsState } from '../verify/support/aws-stand-in';
import { healthyCluster } from '../verify/support/healthy-cluster';
import { runVerify } from '../verify/support/run-verify';
import { shop } from '../verify/support/shop';

const profiles = [{ name: 'shop', selectors: [{ namespace: 'shop-*' }] }];
const unsafe = { containers: [{ name: 'web', image: 'web:1' }] };

const cpu = { requests: { cpu: '250m' } };
const isTrue = (type: string) => ({ type, status: 'True', reason: 'Ready', message: '' });

/** AWS as a deploy of the plan leaves it: the role of its profiles may nothing. */
function awsOf(plan: FargatePlan): AwsState {
  const state = healthyAws(plan, { stackName: 'Shop', variant: undefined, logGroup: '', logActions: [] });
  const trusted = { Effect: 'Allow', Action: 'sts:AssumeRole' };
  const Principal = { Service: 'eks-fargate-pods.amazonaws.com' };
  for (const role of Object.values(state.roles)) {
    Object.assign(role, {
      AssumeRolePolicyDocument: policy({ ...trusted, Principal }),
      attached: [],
      inline: {},
    });
  }
  return state;
}

const templated = (app: string, spec: object = podSpec()) => ({
  selector: { matchLabels: { app } },
  template: { metadata: { labels: { app } }, spec },
});

describeWithPrograms('a cluster judged through a real API server', () => {
  let cluster: RealCluster;
  let player: FargatePlayer;

  beforeAll(async () => {
    cluster = await RealCluster.start();
    player = await playFargate(cluster.api, profiles);
  }, generousMs);

  afterAll(async () => {
    await player.stop();
    await cluster.stop();
  }, generousMs);

  const apply = (...objects: readonly object[]) =>
    cluster.kubectl('apply --filename=-', { apiVersion: 'v1', kind: 'List', items: objects });

  /** Judges again and again until the results are those of interest. */
  const judged = async (
    objects: readonly Manifest[],
    isSettled: (results: readonly CheckResult[]) => boolean,
  ): Promise<readonly CheckResult[]> => {
    const plan = planWith({ Shop: objects }, profiles);
    for (;;) {
      const results = await judgeKubernetes(plan, cluster.api);
      if (isSettled(results)) {
        return results;
      }
    }
  };
  /** What is seen of a cluster changes while its controllers work: asks again, for at most a minute. */
  const eventually = async (check: () => Promise<void>): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await check();
      } catch (error) {
        if (attempt === 120) {
          throw error;
        }
        await setTimeout(500);
      }
    }
  };
  const found = (results: readonly CheckResult[], id: string) => results.find((result) => result.id === id)!;
  const rolloutOf = async (...objects: readonly Manifest[]) => {
    const hasEvidence = (results: readonly CheckResult[]) =>
      found(results, 'rollout').subjects.every(({ evidence }) => (evidence ?? []).length > 0);
    return found(await judged(objects, hasEvidence), 'rollout').subjects[0]!;
  };

  test(
    'npm run verify has status 0 where all runs as planned, whatever makes the pods or scales them',
    async () => {
      const objects = [
        deploymentOf('shop-all', 'web', { replicas: 2 }),
        deploymentOf('shop-all', 'api', { spec: podSpec({ container: { resources: cpu } }), replicas: 2 }),
        objectOf('apps/v1', 'StatefulSet', 'shop-all', 'db', {
          spec: { serviceName: 'db', ...templated('db') },
        }),
        objectOf('batch/v1', 'CronJob', 'shop-all', 'report', {
          spec: {
            schedule: '0 3 1 1 *',
            jobTemplate: { spec: { template: { spec: { ...podSpec(), restartPolicy: 'Never' } } } },
          },
        }),
        objectOf('policy/v1', 'PodDisruptionBudget', 'shop-all', 'web', {
          spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
        }),
        objectOf('autoscaling/v2', 'HorizontalPodAutoscaler', 'shop-all', 'api', {
          spec: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
            minReplicas: 2,
            maxReplicas: 4,
          },
        }),
      ];
      const plan = planWith({ Shop: objects }, profiles);
      await apply(namespaceObject('shop-all'), ...objects);
      await cluster.kubectl('create job --namespace=shop-all --from=cronjob/report report-1');
      await eventually(async () => {
        // There is no source of metrics: the controller says so a quarter of a minute after it is told otherwise.
        await cluster.api.patch(
          '/apis/autoscaling/v2/namespaces/shop-all/horizontalpodautoscalers/api/status',
          { status: { conditions: ['AbleToScale', 'ScalingActive'].map(isTrue) } },
        );
        const { status, stdout } = await runVerify(
          {
            plan: () => ({
              ...shop,
              variants: [{ ...shop.variants[0]!, variant: undefined, clusters: [plan] }],
            }),
            state: { aws: awsOf(plan), cluster: healthyCluster(plan) },
            open: async () => ({
              get: (path, accept) => cluster.api.get(path, accept),
              stop: async () => {},
            }),
          },
          '--json',
        );
        const checks: readonly CheckResult[] = JSON.parse(stdout).clusters[0].checks;
        const observed = (id: string) => found(checks, id).subjects.map((subject) => subject.observed);
        expect({ status, open: checks.filter((check) => check.status !== 'held') }).toEqual({
          status: 0,
          open: [],
        });
        expect(observed('rollout')).toEqual([
          '2 of 2 ready',
          '2 of 2 ready',
          '1 of 1 ready',
          expect.stringMatching(/^schedule "0 3 1 1 \*", last run report-1: /),
        ]);
        expect(observed('budgets')).toEqual(['allows 1 of 2 pods to be evicted']);
        expect(observed('autoscalers')).toEqual([expect.stringMatching(/^2 to 4 replicas, now \d$/)]);
      });
    },
    generousMs,
  );

  test.each([
    [
      'Deployment',
      'apps/v1',
      templated('web', unsafe),
      /^Deployment shop-refused-deployment\/web: ReplicaFailure=True FailedCreate: /,
    ],
    [
      'StatefulSet',
      'apps/v1',
      { serviceName: 'web', ...templated('web', unsafe) },
      /^StatefulSet shop-refused-statefulset\/web: statefulset-controller FailedCreate: /,
    ],
    [
      'Job',
      'batch/v1',
      { template: { spec: { ...unsafe, restartPolicy: 'Never' } } },
      /^Job shop-refused-job\/web: job-controller FailedCreate: /,
    ],
  ])(
    'the pods of a %s that Pod Security refuses are told in its words',
    async (kind, apiVersion, spec, evidence) => {
      const namespace = `shop-refused-${kind.toLowerCase()}`;
      const object = objectOf(apiVersion, kind, namespace, 'web', { spec });
      await apply(namespaceObject(namespace), object);
      await eventually(async () => {
        const rollout = await rolloutOf(object);
        expect(rollout).toMatchObject({
          status: 'broken',
          usualCause: expect.stringMatching(/^the namespace enforces a Pod Security level/),
        });
        expect(rollout.evidence![0]).toMatch(evidence);
        expect(rollout.evidence![0]).toContain('violates PodSecurity "restricted:v1.36"');
      });
    },
    generousMs,
  );

  test(
    'the pods that a quota refuses are told in its words',
    async () => {
      const web = deploymentOf('shop-quota', 'web');
      await apply(
        namespaceObject('shop-quota'),
        objectOf('v1', 'ResourceQuota', 'shop-quota', 'none', { spec: { hard: { pods: '0' } } }),
      );
      // The quota counts from the moment at which its controller has seen it.
      await cluster.kubectl(
        'wait resourcequota/none --namespace=shop-quota --for=jsonpath={.status.hard.pods}=0',
      );
      await apply(web);
      await eventually(async () => {
        expect(await rolloutOf(web)).toMatchObject({
          usualCause: expect.stringMatching(/^a ResourceQuota of the namespace is used up/),
          evidence: [expect.stringContaining('exceeded quota: none')],
        });
      });
    },
    generousMs,
  );

  test(
    'the pods that a webhook refuses are told in its words',
    async () => {
      const web = deploymentOf('shop-webhook', 'web');
      const webhook = {
        name: 'nobody.example.com',
        clientConfig: { url: 'https://127.0.0.1:9/' },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop-webhook' } },
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      };
      const kind = 'ValidatingWebhookConfiguration';
      const metadata = { name: 'nobody' };
      await apply(namespaceObject('shop-webhook'), {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind,
        metadata,
        webhooks: [webhook],
      });
      await apply(web);
      await eventually(async () => {
        expect(await rolloutOf(web)).toMatchObject({
          usualCause: expect.stringMatching(/^an admission webhook refuses the pods/),
          evidence: [expect.stringContaining('failed calling webhook "nobody.example.com"')],
        });
      });
      await cluster.kubectl('delete validatingwebhookconfiguration nobody');
    },
    generousMs,
  );

  test(
    'a Deployment that somebody paused is told as such',
    async () => {
      const web = deploymentOf('shop-paused', 'web');
      await apply(namespaceObject('shop-paused'), {
        ...web,
        spec: { ...(web['spec'] as object), paused: true },
      });
      await eventually(async () => {
        expect(await rolloutOf(web)).toMatchObject({
          observed: '0 of 1 ready, 0 of 1 updated',
          usualCause: expect.stringMatching(/^somebody paused the Deployment/),
        });
      });
    },
    generousMs,
  );

  test(
    'what a controller makes of an object with a prune label is not left behind, and what left a chart is',
    async () => {
      const labels = { 'aws.cdk.eks/prune-shop': '' };
      const service = { ports: [{ port: 80 }], selector: { app: 'web' } };
      const objects = [
        {
          ...objectOf('v1', 'Service', 'shop-left', 'web', { spec: service }),
          metadata: { namespace: 'shop-left', name: 'web', labels },
        },
        deploymentOf('shop-left', 'web'),
      ];
      await apply(namespaceObject('shop-left'), ...objects);
      const ready = (results: readonly CheckResult[]) => found(results, 'rollout').status === 'held';
      expect(found(await judged(objects, ready), 'left-behind')).toMatchObject({ status: 'held' });

      const role = {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'old', labels },
      };
      await apply(role, {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { namespace: 'shop-left', name: 'old', labels },
      });
      expect(found(await judged(objects, ready), 'left-behind').subjects).toMatchObject([
        { status: 'broken', observed: 'ClusterRole old, ServiceAccount shop-left/old' },
      ]);
      await cluster.kubectl('delete clusterrole old');
    },
    generousMs,
  );

  test(
    'kubectl refuses what changes something, and a user who may not look sees nothing held',
    async () => {
      const { file, clusterArgs } = cluster.controlPlane.kubectl;
      const proxy = await KubectlProxy.start({
        file,
        clusterArgs: [...clusterArgs, '--as=nobody'],
        readOnly: true,
      });
      try {
        const write = await proxy.send('DELETE', '/api/v1/namespaces/default', { timeoutMs: generousMs });
        expect(write.status).toBe(403);
        const get = async <T>(url: string): Promise<T> => {
          const {
            status,
            body,
            statusMessage = '',
          } = await proxy.send('GET', url, { timeoutMs: generousMs });
          if (status !== 200) {
            throw new CouldNotLook(statusMessage, 'Ask', String(status));
          }
          return JSON.parse(body) as T;
        };
        const results = await judgeKubernetes(
          planWith({ Shop: [deploymentOf('shop-all', 'web')] }, profiles),
          { get },
        );
        expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['unknown']));
        expect(found(results, 'rollout').subjects[0]!.observed).toContain(
          'User "nobody" cannot list resource',
        );
      } finally {
        await proxy.stop();
      }
    },
    generousMs,
  );
});
