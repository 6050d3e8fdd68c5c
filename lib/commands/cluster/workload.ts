import type { Event, Node, Pod } from 'kubernetes-types/core/v1';
import { readObjects, type KubeObject } from '../../fargate/manifest/kube-object';
import type { PodPlan } from '../../fargate/pod-plan';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { Seen } from '../could-not-look';
import type { Subject } from './check';
import { isEnding, leftoverOf, ownedBy, uidsOf } from './pods';
import { named, type Lists, type Live } from './read-cluster';
import { cronJobRollout, isFinished, jobRollout, podRollout, steadyRollout, type Rollout } from './rollout';

/** What the cluster has of a workload. */
interface Followed {
  /** The object; undefined where there is none. */
  readonly live?: Live;
  readonly rollout: Rollout;
  /** Pods of the current revision, or of the last run, that are not being deleted. Only those of a run may have ended. */
  readonly pods: readonly Pod[];
  /** Nothing that should still be there after a rollout. */
  readonly leftover: readonly Pod[];
  /** UIDs of the object, and of what it makes between itself and its pods. */
  readonly uids: readonly string[];
}

/** An object of the plan that makes pods, and what the cluster has of it. */
export interface Workload extends Subject, Followed {
  readonly planned: PodPlan;
}

/** A pod of a workload; without `pod` where it should have some, and has none to look at. */
export interface PodSubject extends Subject {
  readonly owner: Workload;
  readonly pod: Pod | undefined;
  readonly node: Seen<Node | undefined>;
  readonly events: Seen<readonly Event[]>;
}

/** The kinds that are followed, and the list of each. */
const listOf = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  ReplicaSet: 'replicasets',
  Job: 'jobs',
  CronJob: 'cronjobs',
  Pod: 'pods',
} as const;

/** Why nobody looks at the pods of an object; undefined for one that is followed. */
export function notFollowedBecause({ kind, helmTest, profile }: PodPlan): string | undefined {
  if (kind === 'DaemonSet') {
    return 'a DaemonSet gets no pod on Fargate';
  }
  if (!Object.hasOwn(listOf, kind)) {
    return `only its controller knows what becomes of a ${kind}`;
  }
  if (helmTest) {
    return 'it runs on helm test only';
  }
  return profile === undefined ? 'it matches no Fargate profile: npm run preflight says why' : undefined;
}

/** The pods of a plan that are followed. */
export function followedPods(plan: FargatePlan): readonly PodPlan[] {
  return plan.check().pods.filter((pod) => notFollowedBecause(pod) === undefined);
}

/** All objects of a plan. */
export function plannedObjects({ objects }: FargatePlan): readonly KubeObject[] {
  return readObjects(
    objects.flatMap((planned) => planned.objects),
    'default',
    String,
  ).objects;
}

/**
 * The followed workloads of a plan.
 *
 * @throws CouldNotLook if a list that they need was not seen.
 */
export function workloadsOf(plan: FargatePlan, lists: Lists): readonly Workload[] {
  const objects = plannedObjects(plan);
  return followedPods(plan).map((planned) => {
    const object = objects.find(({ label }) => label === planned.object);
    return { label: planned.object, planned, ...follow(planned, object, lists) };
  });
}

function follow(planned: PodPlan, object: KubeObject | undefined, lists: Lists): Followed {
  const kind = planned.kind as keyof typeof listOf;
  if (kind === 'Pod') {
    const pod = named(lists.pods(), planned);
    return pod ? { rollout: podRollout(pod), pods: [pod], leftover: [], uids: [] } : missing;
  }
  const live = named(lists[listOf[kind]](), planned);
  if (live === undefined) {
    return kind === 'Job' ? missingJob(object) : missing;
  }
  const makers = makersOf(kind, live, lists);
  const owned = ownedBy(lists.pods(), makers).filter((pod) => !isEnding(pod));
  const uids = uidsOf([live, ...makers]);
  if (kind === 'Job' || kind === 'CronJob') {
    const rollout = kind === 'Job' ? jobRollout(live) : cronJobRollout(live, makers[0]);
    return { live, rollout, pods: owned, leftover: [], uids };
  }
  const pods = owned.filter((pod) => !isFinished(pod) && isOfUpdateRevision(live, pod));
  return { live, rollout: steadyRollout(live, kind), pods, leftover: leftoverOf(live, pods, lists), uids };
}

const missing: Followed = {
  rollout: { phase: 'missing', text: 'there is none' },
  pods: [],
  leftover: [],
  uids: [],
};

/** Kubernetes removes a Job some time after its end, where the Job says so. */
function missingJob(object: KubeObject | undefined): Followed {
  const ttl = object?.root.get('spec').get('ttlSecondsAfterFinished').integer();
  const text = `no longer there: Kubernetes removes it ${ttl} s after its end`;
  return ttl === undefined ? missing : { ...missing, rollout: { phase: 'complete', text } };
}

/** What makes the pods of the current revision, or those of the last run. */
function makersOf(kind: string, live: Live, lists: Lists): readonly Live[] {
  switch (kind) {
    case 'Deployment':
      return ownedBy(lists.replicasets(), [live]).filter((set) => revisionOf(set) === revisionOf(live));
    case 'CronJob':
      return ownedBy(lists.jobs(), [live])
        .toSorted((a, b) => createdAt(b).localeCompare(createdAt(a)))
        .slice(0, 1);
    default:
      return [live];
  }
}

function revisionOf({ metadata }: Live): string | undefined {
  return metadata?.annotations?.['deployment.kubernetes.io/revision'];
}

function createdAt({ metadata }: Live): string {
  return metadata?.creationTimestamp ?? '';
}

/**
 * Of a StatefulSet. Where a rolling update stops at a partition, or waits for a deletion, pods of both revisions are as they
 * should be.
 */
function isOfUpdateRevision({ spec, status }: Live, { metadata }: Pod): boolean {
  const { type, rollingUpdate } = spec?.updateStrategy ?? {};
  return (
    status?.updateRevision === undefined ||
    type === 'OnDelete' ||
    (rollingUpdate?.partition ?? 0) > 0 ||
    metadata?.labels?.['controller-revision-hash'] === status.updateRevision
  );
}

/** The pods of workloads, each with its node and its events. */
export function podSubjects(
  workloads: readonly Workload[],
  nodes: Seen<ReadonlyMap<string, Node>>,
  events: Seen<readonly Event[]>,
): readonly PodSubject[] {
  return workloads.flatMap((owner): readonly PodSubject[] => {
    const { planned, pods, label } = owner;
    if (pods.length === 0 && planned.run === undefined && planned.count?.min !== 0) {
      return [{ label, owner, pod: undefined, node: () => undefined, events: () => [] }];
    }
    return pods.map((pod) => ({
      label: `Pod ${pod.metadata?.namespace}/${pod.metadata?.name}`,
      owner,
      pod,
      node: () => nodes().get(pod.spec?.nodeName ?? ''),
      events: () => events().filter(({ involvedObject }) => involvedObject.uid === pod.metadata?.uid),
    }));
  });
}
