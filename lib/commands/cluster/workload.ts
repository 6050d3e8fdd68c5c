import type { StatefulSet } from 'kubernetes-types/apps/v1';
import type { Job } from 'kubernetes-types/batch/v1';
import type { Event, Node, Pod } from 'kubernetes-types/core/v1';
import type { LabelSelector, ObjectMeta } from 'kubernetes-types/meta/v1';
import { Field } from '../../fargate/manifest/field';
import { readObjects, type KubeObject } from '../../fargate/manifest/kube-object';
import { LabelIndex, readSelector } from '../../fargate/manifest/label-selector';
import type { PodPlan } from '../../fargate/pod-plan';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { Seen } from '../could-not-look';
import type { Subject } from './check';
import type { Lists } from './read-cluster';
import {
  cronJobRollout,
  isFinished,
  jobRollout,
  podRollout,
  steadyRollout,
  type Rollout,
  type Steady,
} from './rollout';

/** What all kinds have. */
export interface LiveObject {
  readonly metadata?: ObjectMeta;
  readonly spec?: object;
  readonly status?: object;
}

/** What the cluster has of a workload. */
interface Followed {
  /** The object; undefined where there is none. */
  readonly live?: LiveObject;
  readonly rollout: Rollout;
  /** Pods of the current revision, or of the last run, that are not being deleted. Only those of a run may have ended. */
  readonly pods: readonly Pod[];
  /**
   * Pods of an older revision or of none, finished or being deleted: nothing that should still be there after a
   * rollout. Scaling in leaves pods of the current revision that are being deleted, and no status counts them.
   */
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

/** Why nobody looks at the pods of an object; undefined for one that is followed. */
export function notFollowedBecause({ kind, helmTest, profile }: PodPlan): string | undefined {
  if (kind === 'DaemonSet') {
    return 'a DaemonSet gets no pod on Fargate';
  }
  if (!['Deployment', 'StatefulSet', 'ReplicaSet', 'Pod', 'Job', 'CronJob'].includes(kind)) {
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

function follow({ kind, name, namespace }: PodPlan, object: KubeObject | undefined, lists: Lists): Followed {
  const find = <T extends LiveObject>(list: Seen<readonly T[]>): T | undefined =>
    list().find(({ metadata }) => metadata?.name === name && metadata.namespace === namespace);
  switch (kind) {
    case 'Deployment': {
      const live = find(lists.deployments);
      const sets = live ? ownedBy(lists.replicasets(), [live]) : [];
      const current = sets.filter((set) => revisionOf(set) === revisionOf(live));
      return live ? steady(kind, live, current, lists) : missing;
    }
    case 'StatefulSet': {
      const live = find(lists.statefulsets);
      return live ? steady(kind, live, [live], lists, (pod) => isOfUpdateRevision(live, pod)) : missing;
    }
    case 'ReplicaSet': {
      const live = find(lists.replicasets);
      return live ? steady(kind, live, [live], lists) : missing;
    }
    case 'Job': {
      const live = find(lists.jobs);
      return live ? run(live, [live], jobRollout(live), lists) : missingJob(object);
    }
    case 'CronJob': {
      const live = find(lists.cronjobs);
      const jobs = live ? ownedBy(lists.jobs(), [live]) : [];
      const last = jobs.toSorted((a, b) => createdAt(b).localeCompare(createdAt(a))).slice(0, 1);
      return live ? run(live, last, cronJobRollout(live, last[0]), lists) : missing;
    }
    default: {
      const live = find(lists.pods);
      return live ? { live, rollout: podRollout(live), pods: [live], leftover: [], uids: [] } : missing;
    }
  }
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

/** @param owners what owns the pods of the current revision. */
function steady(
  kind: string,
  live: LiveObject & Steady,
  owners: readonly LiveObject[],
  lists: Lists,
  isCurrent: (pod: Pod) => boolean = () => true,
): Followed {
  const owned = ownedBy(lists.pods(), owners);
  const pods = owned.filter((pod) => !isFinished(pod) && !isEnding(pod) && isCurrent(pod));
  // Selectors may overlap: pods that another object of the cluster owns are not ours.
  const ours = uidsOf([live, ...ownedBy(lists.replicasets(), [live])]);
  const others = uidsOf([...lists.replicasets(), ...lists.statefulsets(), ...lists.jobs()]);
  const selected = podsSelectedBy(live.spec?.selector, live.metadata?.namespace ?? '', lists.pods()).filter(
    ({ metadata }) => {
      const owner = metadata?.ownerReferences?.[0];
      return owner === undefined || ours.includes(owner.uid) || !others.includes(owner.uid);
    },
  );
  return {
    live,
    rollout: steadyRollout(live, kind),
    pods: sorted(pods),
    leftover: sorted([...new Set([...owned, ...selected])].filter((pod) => !pods.includes(pod))),
    uids: uidsOf([live, ...owners]),
  };
}

function run(live: LiveObject, jobs: readonly Job[], rollout: Rollout, lists: Lists): Followed {
  const pods = ownedBy(lists.pods(), jobs).filter((pod) => !isEnding(pod));
  return { live, rollout, pods: sorted(pods), leftover: [], uids: uidsOf([live, ...jobs]) };
}

/** Where a rolling update stops at a partition, or waits for a deletion, pods of both revisions are as they should be. */
function isOfUpdateRevision({ spec, status }: StatefulSet, { metadata }: Pod): boolean {
  const { type, rollingUpdate } = spec?.updateStrategy ?? {};
  return (
    type === 'OnDelete' ||
    (rollingUpdate?.partition ?? 0) > 0 ||
    metadata?.labels?.['controller-revision-hash'] === status?.updateRevision
  );
}

function ownedBy<T extends LiveObject>(things: readonly T[], owners: readonly LiveObject[]): readonly T[] {
  const uids = uidsOf(owners);
  return things.filter(({ metadata }) => metadata?.ownerReferences?.some(({ uid }) => uids.includes(uid)));
}

function revisionOf(object: LiveObject | undefined): string | undefined {
  return object?.metadata?.annotations?.['deployment.kubernetes.io/revision'];
}

function createdAt({ metadata }: LiveObject): string {
  return metadata?.creationTimestamp ?? '';
}

function uidsOf(objects: readonly LiveObject[]): readonly string[] {
  return objects.flatMap(({ metadata }) => metadata?.uid ?? []);
}

function sorted(pods: readonly Pod[]): readonly Pod[] {
  return pods.toSorted((a, b) => (a.metadata?.name ?? '').localeCompare(b.metadata?.name ?? ''));
}

/** Whether the deletion of a pod was asked for. */
export function isEnding({ metadata }: Pod): boolean {
  return metadata?.deletionTimestamp !== undefined;
}

/** The pods of a namespace that a selector selects: an empty one all of them, none at all none. */
export function podsSelectedBy(
  selector: LabelSelector | undefined,
  namespace: string,
  pods: readonly Pod[],
): readonly Pod[] {
  const things = pods.map((pod) => ({
    namespace: pod.metadata?.namespace ?? '',
    labels: pod.metadata?.labels ?? {},
    pod,
  }));
  const found = selector
    ? new LabelIndex(things).select(namespace, readSelector(new Field(selector, new Map())))
    : [];
  return found.map(({ pod }) => pod);
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
