import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { Pod } from 'kubernetes-types/core/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import { formatCount } from '../../fargate/manifest/autoscaler';
import type { KubeObject } from '../../fargate/manifest/kube-object';
import { broken, followsRollout, formatSet, held, type Check } from './check';
import type { ClusterView } from './look-at-cluster';
import { isEnding, podsSelectedBy } from './pods';
import { named } from './read-cluster';
import { isReady } from './rollout';
import { plannedObjects, type PodSubject, type Workload } from './workload';

/** Whether a workload asks for as many pods as planned: for an autoscaler, within its range. */
export const replicasCheck: Check<ClusterView, Workload> = {
  id: 'replicas',
  step: 5,
  title: 'replicas',
  usualCause: 'somebody scaled it by hand, or another variant is deployed: deploy the variant that you want',
  after: ['rollout'],
  subjects: ({ workloads }) =>
    workloads().filter(({ planned }) => ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(planned.kind)),
  judge: ({ live, planned: { count = { min: 1, max: 1 } } }) => {
    const { replicas = 1 } = live?.spec ?? {};
    const wanted = formatCount(count);
    if (replicas < count.min || replicas > count.max) {
      return broken(wanted, String(replicas));
    }
    return held(count.min === count.max ? wanted : `${replicas}, of ${wanted}`);
  },
};

/** Whether each pod has its node for itself. */
export const nodesCheck: Check<ClusterView, PodSubject> = {
  id: 'one-pod-per-node',
  step: 5,
  title: 'nodes',
  usualCause: 'the pods run on EC2 nodes: Fargate gives each pod a node of its own',
  subjects: ({ pods }) => pods(),
  judge: (subject, { pods }) => {
    const nodeName = subject.pod?.spec?.nodeName;
    if (nodeName === undefined) {
      return followsRollout;
    }
    const others = pods().filter((other) => other !== subject && other.pod?.spec?.nodeName === nodeName);
    return others.length === 0
      ? held('one pod on each')
      : broken('one pod on each', `shares ${nodeName} with ${others.map(({ label }) => label).join(', ')}`);
  },
};

/** Whether pods are left of an older revision. While a rollout is under way, they are as they should be. */
export const leftoverCheck: Check<ClusterView, Workload> = {
  id: 'no-leftover-pods',
  step: 5,
  title: 'leftover pods',
  usualCause:
    'the pod was evicted and stays as Failed, or lost its owner. It keeps its Fargate node, and is billed, until it is deleted: `kubectl delete pod`',
  after: ['rollout'],
  subjects: ({ workloads }) => workloads(),
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

function plannedOf({ plan }: ClusterView, wantedKind: string): readonly KubeObject[] {
  return plannedObjects(plan).filter(({ kind }) => kind === wantedKind);
}

/** What is gone although the stack made it. */
export const deletedByHand =
  'somebody deleted it by hand. A deploy without a change does not bring it back: `npm run manifests` writes it for `kubectl apply`';

/** Whether an autoscaler has the planned range, and can do its work. */
export const autoscalerCheck: Check<ClusterView, KubeObject> = {
  id: 'autoscalers',
  step: 5,
  title: 'autoscalers',
  usualCause:
    'the metrics API does not answer: `kubectl top pods` says the same. It needs metrics-server, on a port other than 10250; a new pod has no metrics for a minute or two: look again with --watch',
  subjects: (view) => plannedOf(view, 'HorizontalPodAutoscaler'),
  judge: (planned, { lists }) => {
    const wanted = describeRange(planned.root.value as HorizontalPodAutoscaler);
    const live = named(lists.horizontalpodautoscalers(), planned);
    if (live === undefined) {
      return broken(wanted, 'no such HorizontalPodAutoscaler', { usualCause: deletedByHand });
    }
    if (describeRange(live) !== wanted) {
      return broken(wanted, describeRange(live), {
        usualCause: 'somebody changed it by hand, or another revision is deployed',
      });
    }
    const { currentReplicas = 0, conditions = [] } = live.status ?? {};
    const needed = ['AbleToScale', 'ScalingActive'].map(
      (wantedType) =>
        conditions.find(({ type }) => type === wantedType) ?? {
          type: wantedType,
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
          { evidence: unmet.map(({ type, message }) => `${type}: ${message}`) },
        );
  },
};

function describeRange({ spec }: HorizontalPodAutoscaler): string {
  return `${spec?.minReplicas ?? 1} to ${spec?.maxReplicas} replicas`;
}

/** Whether EKS can evict a pod of a budget when it patches Fargate. */
export const budgetCheck: Check<ClusterView, KubeObject> = {
  id: 'budgets',
  step: 5,
  title: 'disruption budgets',
  usualCause:
    'the budget asks for as many pods as there are: more replicas, or a lower minAvailable. When EKS patches Fargate, it deletes pods that it cannot evict',
  subjects: (view) => plannedOf(view, 'PodDisruptionBudget'),
  judge: (planned, { lists: { poddisruptionbudgets, pods } }) => {
    const podsOf = ({ metadata, spec }: PodDisruptionBudget): readonly Pod[] =>
      podsSelectedBy(spec?.selector, metadata?.namespace, pods());
    const budget = named(poddisruptionbudgets(), planned);
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
      return followsRollout;
    }
    return disruptionsAllowed > 0
      ? held(`allows ${disruptionsAllowed} of ${own.length} pods to be evicted`)
      : broken('allows an eviction', `allows none: ${currentHealthy} healthy, ${desiredHealthy} needed`);
  },
};
