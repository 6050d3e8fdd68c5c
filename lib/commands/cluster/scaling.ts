import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { Pod } from 'kubernetes-types/core/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import { formatCount } from '../../fargate/manifest/autoscaler';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { Seen } from '../could-not-look';
import { broken, follows, formatSet, held, type Check, type Subject } from './check';
import type { Lists } from './read-cluster';
import { isReady } from './rollout';
import { isEnding, plannedObjects, podsSelectedBy, type PodSubject, type Workload } from './workload';
import { rolloutTitle } from './scheduling';

/** Whether a workload asks for as many pods as planned: for an autoscaler, within its range. */
export const replicasCheck: Check<Workload> = {
  id: 'replicas',
  title: 'replicas',
  usualCause: 'somebody scaled it by hand, or another variant is deployed: deploy the variant that you want',
  after: ['rollout'],
  judge: ({ live, planned: { count = { min: 1, max: 1 } } }) => {
    const { replicas = 1 } = (live?.spec ?? {}) as { readonly replicas?: number };
    const wanted = formatCount(count);
    if (replicas < count.min || replicas > count.max) {
      return broken(wanted, String(replicas));
    }
    return held(count.min === count.max ? wanted : `${replicas}, of ${wanted}`);
  },
};

/** Kinds with a number of replicas. */
export function hasReplicas({ planned: { kind } }: Workload): boolean {
  return ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(kind);
}

/**
 * Whether each pod has its node for itself.
 *
 * @param pods those of all workloads.
 */
export function nodesCheck(pods: Seen<readonly PodSubject[]>): Check<PodSubject> {
  return {
    id: 'one-pod-per-node',
    title: 'nodes',
    usualCause: 'the pods run on EC2 nodes: Fargate gives each pod a node of its own',
    judge: (subject) => {
      const nodeName = subject.pod?.spec?.nodeName;
      if (nodeName === undefined) {
        return follows(rolloutTitle);
      }
      const others = pods().filter((other) => other !== subject && other.pod?.spec?.nodeName === nodeName);
      return others.length === 0
        ? held('one pod on each')
        : broken('one pod on each', `shares ${nodeName} with ${others.map(({ label }) => label).join(', ')}`);
    },
  };
}

/** Whether pods are left of an older revision. While a rollout is under way, they are as they should be. */
export const leftoverCheck: Check<Workload> = {
  id: 'no-leftover-pods',
  title: 'leftover pods',
  usualCause:
    'the pod was evicted and stays as Failed, or lost its owner. It keeps its Fargate node, and is billed, until it is deleted: `kubectl delete pod`',
  after: ['rollout'],
  judge: ({ leftover }) =>
    leftover.length === 0
      ? held('none')
      : broken('none', leftover.map(({ metadata }) => metadata?.name).join(', '), {
          evidence: leftover.map(describeLeftover),
          ...(leftover.every(isEnding) && { usualCause: endingCause }),
        }),
};

/** Why a pod whose deletion was asked for is still there. */
const endingCause =
  'the pod is still ending (wait longer, with --timeout), or hangs in its deletion: metadata.finalizers in `kubectl get pod -o yaml` names whom it waits for, and where its node is gone nobody is left to end it (`kubectl delete pod --force`)';

function describeLeftover({ metadata = {}, spec, status }: Pod): string {
  const { name, ownerReferences: [owner] = [], deletionTimestamp } = metadata;
  const end = deletionTimestamp ? `, deletion asked for at ${deletionTimestamp}` : '';
  return `Pod ${name}: ${owner ? `${owner.kind} ${owner.name}` : 'no owner'}, phase ${status?.phase}, on ${spec?.nodeName ?? 'no node'}${end}`;
}

/** An object of the plan, and what the cluster has of it. */
export interface PlannedSubject<T> extends Subject {
  readonly planned: T;
  readonly live: Seen<T | undefined>;
}

function plannedOf<T extends HorizontalPodAutoscaler | PodDisruptionBudget>(
  plan: FargatePlan,
  wantedKind: string,
  live: Seen<readonly T[]>,
): readonly PlannedSubject<T>[] {
  return plannedObjects(plan)
    .filter(({ kind }) => kind === wantedKind)
    .map(({ label, name, namespace, root }) => ({
      label,
      planned: root.value as T,
      live: () => live().find(({ metadata }) => metadata?.name === name && metadata?.namespace === namespace),
    }));
}

/** What is gone although the stack made it. */
export const deletedByHand =
  'somebody deleted it by hand. A deploy without a change does not bring it back: `npm run manifests` writes it for `kubectl apply`';

/** The autoscalers of a plan. */
export function autoscalersOf(plan: FargatePlan, { horizontalpodautoscalers }: Lists) {
  return plannedOf(plan, 'HorizontalPodAutoscaler', horizontalpodautoscalers);
}

/** Whether an autoscaler has the planned range, and can do its work. */
export const autoscalerCheck: Check<PlannedSubject<HorizontalPodAutoscaler>> = {
  id: 'autoscalers',
  title: 'autoscalers',
  usualCause:
    'the metrics API does not answer: `kubectl top pods` says the same. It needs metrics-server, on a port other than 10250; a new pod has no metrics for a minute or two: look again with --watch',
  judge: ({ planned, live }) => {
    const wanted = describeRange(planned);
    const found = live();
    if (found === undefined) {
      return broken(wanted, 'no such HorizontalPodAutoscaler', { usualCause: deletedByHand });
    }
    if (describeRange(found) !== wanted) {
      return broken(wanted, describeRange(found), {
        usualCause: 'somebody changed it by hand, or another revision is deployed',
      });
    }
    const { currentReplicas = 0, conditions = [] } = found.status ?? {};
    const needed = ['AbleToScale', 'ScalingActive'].map(
      (type) =>
        conditions.find((condition) => condition.type === type) ?? {
          type,
          status: 'Unknown',
          reason: '',
          message: 'nothing said yet',
        },
    );
    // A target without replicas is scaled by nobody, and that is no failure.
    const unmet = needed.filter(({ status, reason }) => status !== 'True' && reason !== 'ScalingDisabled');
    return unmet.length === 0
      ? held(`${wanted}, now ${currentReplicas}`)
      : broken(
          `${wanted}, able to scale`,
          unmet.map(({ type, reason }) => `not ${type}: ${reason}`).join('; '),
          {
            evidence: unmet.map(({ type, message }) => `${type}: ${message}`),
          },
        );
  },
};

function describeRange({ spec }: HorizontalPodAutoscaler): string {
  return `${spec?.minReplicas ?? 1} to ${spec?.maxReplicas} replicas`;
}

/** The disruption budgets of a plan. */
export function budgetsOf(plan: FargatePlan, { poddisruptionbudgets }: Lists) {
  return plannedOf(plan, 'PodDisruptionBudget', poddisruptionbudgets);
}

/** Whether EKS can evict a pod of a budget when it patches Fargate. */
export function budgetCheck({
  poddisruptionbudgets,
  pods,
}: Lists): Check<PlannedSubject<PodDisruptionBudget>> {
  const podsOf = ({ metadata, spec }: PodDisruptionBudget): readonly Pod[] =>
    podsSelectedBy(spec?.selector, metadata?.namespace ?? '', pods());
  return {
    id: 'budgets',
    title: 'disruption budgets',
    usualCause:
      'the budget asks for as many pods as there are: more replicas, or a lower minAvailable. When EKS patches Fargate, it deletes pods that it cannot evict',
    judge: ({ live }) => {
      const budget = live();
      if (budget === undefined) {
        return broken('one budget that allows an eviction', 'no such PodDisruptionBudget', {
          usualCause: deletedByHand,
        });
      }
      const own = podsOf(budget);
      const others = poddisruptionbudgets()
        .filter((other) => other !== budget && podsOf(other).some((pod) => own.includes(pod)))
        .map(({ metadata }) => metadata?.name ?? '');
      if (others.length > 0) {
        return broken('the only budget of its pods', `${formatSet(others)} selects them too`, {
          usualCause: 'Kubernetes evicts no pod that two budgets select: delete one of them',
        });
      }
      const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0 } = budget.status ?? {};
      if (own.length === 0) {
        return held('selects no pod at the moment');
      }
      if (!own.every(isReady)) {
        return follows(rolloutTitle);
      }
      return disruptionsAllowed > 0
        ? held(`allows ${disruptionsAllowed} of ${own.length} pods to be evicted`)
        : broken('allows an eviction', `allows none: ${currentHealthy} healthy, ${desiredHealthy} needed`);
    },
  };
}
