import type { Deployment, ReplicaSet, StatefulSet } from 'kubernetes-types/apps/v1';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { CronJob, Job } from 'kubernetes-types/batch/v1';
import type { Event, Node, Pod } from 'kubernetes-types/core/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { ExternalSecret } from '../../../../lib/commands/cluster/external-secrets';
import type { PodPlan } from '../../../../lib/fargate/pod-plan';
import { formatCapacity } from '../../../../lib/fargate/sizing/pod-size';
import type { FargatePlan } from '../../../../lib/synthesis/fargate-plan';
import { arnOf } from './aws-stand-in';

/** Objects that a test may change. */
export type Changeable<T> = {
  -readonly [K in keyof T]: T[K] extends object | undefined ? Changeable<T[K]> : T[K];
};

/** What a cluster has, by resource. Tests change one thing at a time. */
export interface ClusterState {
  deployments: Changeable<Deployment>[];
  replicasets: Changeable<ReplicaSet>[];
  statefulsets: Changeable<StatefulSet>[];
  jobs: Changeable<Job>[];
  cronjobs: Changeable<CronJob>[];
  pods: Changeable<Pod>[];
  horizontalpodautoscalers: Changeable<HorizontalPodAutoscaler>[];
  poddisruptionbudgets: Changeable<PodDisruptionBudget>[];
  externalsecrets: Changeable<Pick<Pod, 'metadata'> & ExternalSecret>[];
  serviceaccounts: Changeable<Pick<Pod, 'metadata'>>[];
  events: Changeable<Event>[];
  nodes: Changeable<Node>[];
  /** Minor version of the API server. */
  minor: string;
}

const region = 'us-west-2';
let uids = 0;

/**
 * A cluster on which a plan runs as it should.
 *
 * Annotations, events, node names and labels have the form that the EKS Workshop and
 * github.com/aws/containers-roadmap/issues/1976 print; addresses, and versions of kubelet and runtime are made up.
 */
export function healthyCluster(plan: FargatePlan): ClusterState {
  const state: ClusterState = {
    deployments: [],
    replicasets: [],
    statefulsets: [],
    jobs: [],
    cronjobs: [],
    pods: [],
    horizontalpodautoscalers: [],
    poddisruptionbudgets: [],
    externalsecrets: [],
    serviceaccounts: [],
    events: [],
    nodes: [],
    minor: '36',
  };
  plan.check().pods.forEach((planned) => addWorkload(state, planned));
  for (const { kind, metadata, ...rest } of plan.objects.flatMap(({ objects }) => objects)) {
    const { spec } = structuredClone(rest) as { spec?: never };
    if (kind === 'ServiceAccount') {
      const annotations = { 'eks.amazonaws.com/role-arn': arnOf(`${metadata?.namespace}-${metadata?.name}`) };
      state.serviceaccounts.push({ metadata: { ...metadata, annotations } });
    }
    if (kind === 'HorizontalPodAutoscaler') {
      const conditions = ['AbleToScale', 'ScalingActive'].map((type) => ({
        type,
        status: 'True',
        reason: 'Ready',
      }));
      const status = { currentReplicas: 2, desiredReplicas: 2, conditions };
      state.horizontalpodautoscalers.push({ metadata: { ...metadata }, spec, status });
    }
    if (kind === 'ExternalSecret') {
      const ready = { type: 'Ready', status: 'True', reason: 'SecretSynced', message: 'secret synced' };
      const status = { conditions: [{ ...ready, lastTransitionTime: '2026-11-24T03:00:00Z' }] };
      state.externalsecrets.push({ metadata: { ...metadata }, status });
    }
    if (kind === 'PodDisruptionBudget') {
      const status = { currentHealthy: 2, desiredHealthy: 1, disruptionsAllowed: 1, expectedPods: 2 };
      state.poddisruptionbudgets.push({ metadata: { ...metadata }, spec, status });
    }
  }
  return state;
}

function addWorkload(state: ClusterState, planned: PodPlan): void {
  const { kind, name, namespace, labels } = planned;
  const replicas = planned.count?.min ?? 0;
  const owner = { metadata: { namespace, name, uid: `uid-${uids++}`, generation: 1 } };
  const status = { observedGeneration: 1, replicas, readyReplicas: replicas, updatedReplicas: replicas };
  const spec = { replicas, selector: { matchLabels: labels }, template: {} };
  if (kind === 'Deployment') {
    const annotations = { 'deployment.kubernetes.io/revision': '2' };
    const metadata = { ...owner.metadata, annotations };
    const conditions = [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }];
    state.deployments.push({
      metadata,
      spec,
      status: { ...status, availableReplicas: replicas, conditions },
    });
    const set = addOwned(state.replicasets, 'Deployment', owner, `${name}-${hashOf(planned)}`, annotations);
    addPods(
      state,
      planned,
      'ReplicaSet',
      set,
      (index) => ['fftl5', 'x2k8w', 'p7m4d'][index] ?? String(index),
    );
  } else if (kind === 'StatefulSet') {
    const revision = `${name}-1`;
    state.statefulsets.push({
      ...owner,
      spec: { ...spec, serviceName: name },
      status: { ...status, currentRevision: revision, updateRevision: revision },
    });
    addPods(state, planned, 'StatefulSet', owner, String, { 'controller-revision-hash': revision });
  } else if (kind === 'CronJob') {
    const time = { lastScheduleTime: '2026-11-24T03:00:00Z' };
    state.cronjobs.push({ ...owner, spec: { schedule: '0 3 * * *', jobTemplate: {} }, status: time });
    const job = addOwned(state.jobs, 'CronJob', owner, `${name}-29401`);
    Object.assign(job, { spec: { template: {} }, status: { succeeded: 1, conditions: [complete] } });
    addPods(state, planned, 'Job', job, () => 'zz9zz');
    Object.assign(state.pods.at(-1)!.status!, { phase: 'Succeeded', conditions: [] });
  } else if (kind === 'Job') {
    state.jobs.push({ ...owner, spec: { template: {} }, status: { active: 1, ready: 1 } });
    addPods(state, planned, 'Job', owner, () => 'yy8yy');
  }
}

const complete = { type: 'Complete', status: 'True', reason: 'CompletionsReached' };

interface Owner {
  readonly metadata?: { name?: string; namespace?: string; uid?: string };
}

function ownedBy(kind: string, { metadata }: Owner) {
  return [{ apiVersion: 'v1', kind, name: metadata?.name ?? '', uid: metadata?.uid ?? '', controller: true }];
}

function addOwned<T extends Owner>(
  list: T[],
  kind: string,
  owner: Owner,
  name: string,
  annotations: Record<string, string> = {},
): T {
  const ownerReferences = ownedBy(kind, owner);
  const { namespace } = owner.metadata ?? {};
  const creationTimestamp = '2026-11-24T03:00:00Z';
  const metadata = { namespace, name, uid: `uid-${uids++}`, annotations, ownerReferences, creationTimestamp };
  const owned = { metadata } as unknown as T;
  list.push(owned);
  return owned;
}

/** A name that differs with the size, as the template does. */
function hashOf({ size }: PodPlan): string {
  return `6c9f7d${(size?.milliCpu ?? 0) / 250}b8`;
}

function addPods(
  state: ClusterState,
  { count, labels, profile, size }: PodPlan,
  kind: string,
  owner: Owner,
  suffix: (index: number) => string,
  moreLabels: Readonly<Record<string, string>> = {},
): void {
  for (let index = 0; index < (count?.min ?? 0); index++) {
    const { namespace = '', name = '' } = owner.metadata ?? {};
    const pod = `${name}-${suffix(index)}`;
    const nodeName = `fargate-ip-10-0-1${state.nodes.length}0-96.${region}.compute.internal`;
    const uid = `uid-${uids++}`;
    state.pods.push({
      metadata: {
        namespace,
        name: pod,
        uid,
        labels: { ...labels, 'eks.amazonaws.com/fargate-profile': profile ?? '', ...moreLabels },
        annotations: { CapacityProvisioned: size ? formatCapacity(size) : '', Logging: 'LoggingEnabled' },
        ownerReferences: ownedBy(kind, owner),
      },
      spec: { schedulerName: 'fargate-scheduler', nodeName, containers: [] },
      status: {
        phase: 'Running',
        conditions: ['PodScheduled', 'Ready'].map((type) => ({ type, status: 'True' })),
        // One that did its work is in no trouble.
        initContainerStatuses: [
          containerStatus('prepare', { terminated: { exitCode: 0, reason: 'Completed' } }),
        ],
        containerStatuses: [containerStatus('main', { running: {} })],
      },
    });
    addEvent(state, 'Pod', { namespace, name: pod, uid }, 'Scheduled', `Successfully assigned ${pod}`);
    state.nodes.push({
      metadata: {
        name: nodeName,
        labels: {
          'eks.amazonaws.com/compute-type': 'fargate',
          'topology.kubernetes.io/zone': `${region}${'abc'[state.nodes.length % 3]}`,
        },
      },
      status: {
        nodeInfo: {
          osImage: 'Amazon Linux',
          kubeletVersion: 'v1.36.1-eks-0',
          containerRuntimeVersion: 'containerd://2.1',
        },
      } as Node['status'],
    });
  }
}

/** The state of a container. */
export function containerStatus(name: string, state: object) {
  return { name, state, image: 'main:1', imageID: '', ready: true, restartCount: 0 };
}

/** An event about an object; a warning where it names none of the two that Fargate writes of every pod. */
export function addEvent(
  state: ClusterState,
  kind: string,
  about: { readonly namespace?: string; readonly name?: string; readonly uid?: string },
  reason: string,
  message: string,
): void {
  state.events.push({
    metadata: { namespace: about.namespace },
    involvedObject: { kind, ...about },
    type: reason === 'Scheduled' ? 'Normal' : 'Warning',
    reason,
    message,
    source: { component: 'fargate-scheduler' },
  });
}
