import type { Node } from 'kubernetes-types/core/v1';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { CouldNotLook, see, type Seen } from '../could-not-look';
import type { KubernetesApi } from '../kubernetes/kubernetes-api';
import { Judged, type CheckResult } from './check';
import { kubeletCheck, leftBehindCheck } from './upkeep';
import {
  autoscalerCheck,
  autoscalersOf,
  budgetCheck,
  budgetsOf,
  hasReplicas,
  leftoverCheck,
  nodesCheck,
  replicasCheck,
} from './scaling';
import { labelsCheck, placementCheck, rolloutCheck } from './scheduling';
import { capacityCheck, hasLogging, loggingCheck } from './sizing';
import { readLists, readNodes } from './read-cluster';
import { readPrunedObjects } from './read-pruned-objects';
import {
  followedPods,
  isEnding,
  notFollowedBecause,
  podSubjects,
  workloadsOf,
  type PodSubject,
  type Workload,
} from './workload';
import type { Deadline } from './until';

/** Time between two looks at a rollout, in milliseconds. A pod needs a minute or so to start on Fargate. */
const intervalMs = 3_000;

/**
 * Judges what a plan puts on a cluster, as it is now: every check of `npm run verify` that the API server alone can
 * answer. AWS is not asked.
 *
 * @param plan what should run: one of `planOf(values).variants[…].clusters`.
 * @param api the cluster, for example a `KubectlProxy`.
 * @returns a result for each check, in the order of the report; unknown where the cluster could not be looked at.
 */
export async function judgeKubernetes(
  plan: FargatePlan,
  api: KubernetesApi,
): Promise<readonly CheckResult[]> {
  const judged = new Judged();
  await judgeCluster(judged, plan, api);
  return judged.results;
}

/**
 * Waits until every rollout is complete and its leftover pods have ended, until waiting is no use, or until the time is
 * up. Which of them it was shows in what is seen afterwards.
 *
 * @throws CouldNotLook if the first look fails; a later one may fail and is made again.
 */
export async function waitForRollout(
  plan: FargatePlan,
  api: KubernetesApi,
  deadline: Deadline,
): Promise<void> {
  let looks = 0;
  const look = async (): Promise<string | undefined> => {
    looks += 1;
    try {
      return obstacleIn(workloadsOf(plan, await readLists(api, namespacesOf(plan))));
    } catch (error) {
      if (looks > 1 && error instanceof CouldNotLook) {
        return `the rollout: ${error.message}`;
      }
      throw error;
    }
  };
  await deadline.until(look, (obstacle) => obstacle, intervalMs);
}

/** What time may still change. */
function obstacleIn(workloads: readonly Workload[]): string | undefined {
  if (workloads.some(({ rollout }) => rollout.phase === 'stuck' || rollout.phase === 'missing')) {
    return undefined;
  }
  const unfinished = workloads.filter(({ rollout }) => rollout.phase === 'waiting');
  if (unfinished.length > 0) {
    return `the rollout: ${unfinished.map(({ label, rollout }) => `${label} ${rollout.text}`).join('; ')}`;
  }
  const ending = workloads.flatMap(({ leftover }) => leftover).filter(isEnding);
  return ending.length === 0
    ? undefined
    : `leftover pods to end: ${ending.map(({ metadata }) => metadata?.name).join(', ')}`;
}

function namespacesOf(plan: FargatePlan): readonly string[] {
  return [...new Set(followedPods(plan).map(({ namespace }) => namespace))];
}

/**
 * Looks at a cluster once, and makes every check that the API server alone can answer.
 *
 * @returns the pods that were seen.
 */
export async function judgeCluster(
  judged: Judged,
  plan: FargatePlan,
  api: KubernetesApi,
): Promise<Seen<readonly PodSubject[]>> {
  const lists = await readLists(api, namespacesOf(plan));
  const workloads = await see(async () => workloadsOf(plan, lists));
  const [nodes, minorVersion, pruned] = await Promise.all([
    see<ReadonlyMap<string, Node>>(async () =>
      readNodes(
        api,
        workloads().flatMap((workload) => workload.pods),
      ),
    ),
    see(async () => Number.parseInt((await api.get<{ readonly minor: string }>('/version')).minor, 10)),
    see(() => readPrunedObjects(api)),
  ]);
  const { events } = lists;
  const pods = await see(async () => podSubjects(workloads(), nodes, events));
  judged.make(3, pods, [labelsCheck(plan.profiles), placementCheck]);
  judged.make(3, workloads, [rolloutCheck(pods, events)]);
  judged.make(3, () => notFollowed(plan), [notFollowedCheck]);
  judged.make(4, pods, hasLogging(plan) ? [capacityCheck, loggingCheck] : [capacityCheck]);
  judged.make(5, () => workloads().filter(hasReplicas), [replicasCheck]);
  judged.make(5, pods, [nodesCheck(pods)]);
  judged.make(5, workloads, [leftoverCheck]);
  judged.make(5, () => autoscalersOf(plan, lists), [autoscalerCheck]);
  judged.make(5, () => budgetsOf(plan, lists), [budgetCheck(lists)]);
  judged.make(6, pods, [kubeletCheck(minorVersion)]);
  judged.make(6, () => [{ label: plan.clusterName }], [leftBehindCheck(plan, pruned)]);
  return pods;
}

function notFollowed(plan: FargatePlan): readonly { readonly label: string; readonly reason: string }[] {
  return plan.check().pods.flatMap((pod) => {
    const reason = notFollowedBecause(pod);
    return reason === undefined ? [] : [{ label: pod.object, reason }];
  });
}

const notFollowedCheck = {
  id: 'not-followed',
  title: 'not followed',
  usualCause: '',
  judge: ({ reason }: { readonly reason: string }) =>
    ({ status: 'noted', expected: '', observed: reason }) as const,
};
