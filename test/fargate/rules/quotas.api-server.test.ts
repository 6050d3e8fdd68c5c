import { setTimeout } from 'node:timers/promises';
import { ApiError } from '../../../lib/commands/rehearse/cluster/api';
import type { FargatePlayer } from '../../../lib/commands/rehearse/fargate-player/fargate-player';
import {
  describeWithPrograms,
  generousMs,
  playFargate,
  RealCluster,
} from '../../commands/rehearse/support/real-cluster';
import { everything, messagesOf, type Manifest } from '../support/manifests';

const namespaceOf = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const quotaOf = (namespace: string, hard: object): Manifest => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'team', namespace },
  spec: { hard },
});
const resources = { requests: { cpu: '250m', memory: '512Mi' } };
const web = { name: 'web', image: 'web:1', resources };

/** More than any of the pods needs, so that only what they leave out is refused. */
const plenty = { cpu: '9', memory: '9Gi', 'ephemeral-storage': '9Gi' };
const quotas: readonly object[] = [
  { cpu: '9' },
  { 'requests.memory': '9Gi' },
  { 'limits.cpu': '9', 'limits.memory': '9Gi' },
  { 'requests.ephemeral-storage': '9Gi', pods: 9 },
];
const podSpecs: readonly object[] = [
  {},
  { requests: plenty },
  { limits: plenty },
  { requests: { cpu: '1' } },
  { requests: { memory: '1Gi' }, limits: { memory: '1Gi' } },
].flatMap((of) => [
  { containers: [{ ...web, resources: of }] },
  {
    initContainers: [{ ...web, name: 'init', resources: of }],
    containers: [{ ...web, resources: { limits: plenty } }],
  },
]);

interface Update {
  readonly what: string;
  readonly replicas: number;
  readonly rollingUpdate?: object;
  readonly pods: number;
  /** What the API server lets happen, and the rule has to know. */
  readonly ends: boolean;
}

const updates: readonly Update[] = [
  { what: 'without room', replicas: 3, pods: 3, ends: false },
  { what: 'with room for one pod', replicas: 3, pods: 4, ends: true },
  { what: 'that may stop a pod', replicas: 2, rollingUpdate: { maxUnavailable: 1 }, pods: 2, ends: true },
  {
    what: 'with a share of no whole pod',
    replicas: 4,
    rollingUpdate: { maxUnavailable: '24%' },
    pods: 4,
    ends: false,
  },
  {
    what: 'without a pod more',
    replicas: 2,
    rollingUpdate: { maxSurge: 0, maxUnavailable: '40%' },
    pods: 2,
    ends: true,
  },
];

describeWithPrograms('quotas by a real API server', () => {
  let cluster: RealCluster;
  let player: FargatePlayer;

  beforeAll(async () => {
    cluster = await RealCluster.start();
    player = await playFargate(cluster.api, [everything]);
  }, generousMs);

  afterAll(async () => {
    await player.stop();
    await cluster.stop();
  }, generousMs);

  /** Makes a namespace with a quota that is in force. */
  async function createNamespace(name: string, hard: object): Promise<void> {
    await cluster.kubectl('apply --filename=-', {
      apiVersion: 'v1',
      kind: 'List',
      items: [namespaceOf(name), quotaOf(name, hard)],
    });
    await cluster.kubectl(
      `wait --for=jsonpath={.status.hard} resourcequota/team --timeout=60s --namespace=${name}`,
    );
    await cluster.kubectl(`wait --for=create serviceaccount/default --timeout=60s --namespace=${name}`);
  }

  async function refusal(resource: string, object: Manifest): Promise<string | undefined> {
    try {
      const { namespace } = object['metadata'] as { readonly namespace: string };
      await cluster.api.create(`/api/v1/namespaces/${namespace}/${resource}?dryRun=All`, object);
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      return error.message;
    }
  }

  test(
    'it requires what the rule requires of each container',
    async () => {
      const verdicts: { readonly server: boolean; readonly rule: boolean }[] = [];
      for (const [index, hard] of quotas.entries()) {
        const namespace = `requests-${index}`;
        await createNamespace(namespace, hard);
        for (const spec of podSpecs) {
          const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace }, spec };
          verdicts.push({
            server: (await refusal('pods', pod))?.includes('must specify') ?? false,
            rule: messagesOf('quota-request', [quotaOf(namespace, hard), pod]).length > 0,
          });
        }
      }
      expect(verdicts.map(({ rule }) => rule)).toEqual(verdicts.map(({ server }) => server));
      // Both verdicts have to be common, or the agreement would say little.
      const refused = verdicts.filter(({ server }) => server).length;
      expect(refused).toBeGreaterThan(9);
      expect(verdicts.length - refused).toBeGreaterThan(9);
    },
    generousMs,
  );

  test(
    'it refuses the amounts that the rule refuses',
    async () => {
      await cluster.kubectl('apply --filename=-', namespaceOf('amounts'));
      const names = ['pods', 'services.loadbalancers', 'secrets', 'requests.cpu', 'limits.memory'];
      const written = [
        '0',
        '4',
        4,
        '1k',
        '1.5',
        0.5,
        '250m',
        '1n',
        '2Gi',
        '1 core',
        '-1',
        'few',
        '',
        true,
        ['1'],
      ];
      const verdicts: { readonly server: boolean; readonly rule: boolean; readonly hard: object }[] = [];
      for (const hard of names.flatMap((name) => written.map((amount) => ({ [name]: amount })))) {
        const quota = quotaOf('amounts', hard);
        verdicts.push({
          hard,
          server: (await refusal('resourcequotas', quota)) !== undefined,
          rule: messagesOf('quota-amount', [quota]).length > 0,
        });
      }
      expect(verdicts.filter(({ server, rule }) => server !== rule)).toEqual([]);
      expect(new Set(verdicts.map(({ server }) => server)).size).toBe(2);
    },
    generousMs,
  );

  test(
    'it refuses the Services that the rule refuses, and counts their node ports alike',
    async () => {
      const two = [80, 81].map((port) => ({ name: `port-${port}`, port }));
      const ports = two.slice(0, 1);
      const services: readonly object[] = [
        { ports },
        { type: 'ExternalName', externalName: 'example.com', ports },
        { type: 'NodePort', ports },
        { type: 'NodePort', ports: two },
        { type: 'LoadBalancer', ports },
        { type: 'LoadBalancer', ports: two },
        { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: two },
        {
          type: 'LoadBalancer',
          allocateLoadBalancerNodePorts: false,
          ports: [{ port: 80, nodePort: 30_080 }],
        },
      ];
      const refusedOf = async (hard: object, namespace: string) => {
        await createNamespace(namespace, hard);
        const verdicts: (readonly [server: boolean, rule: boolean])[] = [];
        for (const spec of services) {
          const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec };
          verdicts.push([
            (await refusal('services', service)) !== undefined,
            messagesOf('quota-services', [quotaOf(namespace, hard), service]).length > 0,
          ]);
        }
        expect(verdicts.filter(([server, rule]) => server !== rule)).toEqual([]);
        return verdicts.filter(([server]) => server).length;
      };
      expect(await refusedOf({ 'services.loadbalancers': 0, 'services.nodeports': 0 }, 'none')).toBe(6);
      expect(await refusedOf({ 'services.nodeports': 0 }, 'no-node-port')).toBe(5);
      expect(await refusedOf({ 'services.nodeports': 1 }, 'one-node-port')).toBe(2);
    },
    generousMs,
  );

  test(
    'it refuses the pods that the rule does not count in',
    async () => {
      const namespace = 'too-small';
      const quota = quotaOf(namespace, { 'requests.memory': '1Gi' });
      const deployment = deploymentIn(namespace, { replicas: 3 });
      await createNamespace(namespace, { 'requests.memory': '1Gi' });
      await cluster.kubectl('apply --filename=-', deployment);
      await cluster.kubectl(
        `wait --for=condition=ReplicaFailure deployment/web --timeout=120s --namespace=${namespace}`,
      );
      const pods = await cluster.kubectl(`get pods --output=name --namespace=${namespace}`);
      expect(pods.trim().split('\n')).toHaveLength(2);
      expect(messagesOf('quota-too-small', [quota, deployment])).toEqual([
        expect.stringContaining('requests.memory 1Gi is less than the 1536Mi of Deployment too-small/web'),
      ]);
    },
    generousMs,
  );

  test.each(updates.map((update, index) => ({ ...update, namespace: `update-${index}` })))(
    'an update $what ends as the rule says: $ends',
    async ({ replicas, rollingUpdate, pods, ends, namespace }) => {
      const deployment = deploymentIn(namespace, { replicas, strategy: { rollingUpdate } });
      await createNamespace(namespace, { pods });
      await cluster.kubectl('apply --filename=-', deployment);
      await cluster.kubectl(`rollout status deployment/web --timeout=120s --namespace=${namespace}`);
      await cluster.kubectl(`set image deployment/web web=web:2 --namespace=${namespace}`);
      expect(await updateEnds(namespace)).toBe(ends);
      expect(messagesOf('quota-update', [quotaOf(namespace, { pods }), deployment])).toHaveLength(
        ends ? 0 : 1,
      );
    },
    generousMs,
  );

  const deploymentIn = (namespace: string, spec: object): Manifest => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [web] } },
      ...spec,
    },
  });

  interface Status {
    readonly metadata: { readonly generation: number };
    readonly spec: { readonly replicas: number };
    readonly status: {
      readonly observedGeneration: number;
      readonly replicas: number;
      readonly updatedReplicas?: number;
      readonly conditions: ReadonlyArray<{ readonly type: string; readonly status: string }>;
    };
  }

  /** Whether all pods are new; not where the new one is refused and no old one is asked to stop. */
  async function updateEnds(namespace: string): Promise<boolean> {
    for (;;) {
      const { metadata, spec, status } = await cluster.api.get<Status>(
        `/apis/apps/v1/namespaces/${namespace}/deployments/web`,
      );
      if (status.observedGeneration === metadata.generation) {
        if (status.updatedReplicas === spec.replicas && status.replicas === spec.replicas) {
          return true;
        }
        // The controller notes the refusal after it has asked old pods to stop, if it may.
        if (status.conditions.some((is) => is.type === 'ReplicaFailure' && is.status === 'True')) {
          const sets = await cluster.kubectl(
            `get replicasets --namespace=${namespace} --output=jsonpath={range.items[*]}{.spec.template.spec.containers[0].image}={.spec.replicas},{end}`,
          );
          if (sets.split(',').includes(`web:1=${spec.replicas}`)) {
            return false;
          }
        }
      }
      await setTimeout(200);
    }
  }
});
