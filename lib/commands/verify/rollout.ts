import type { ExpectedWorkload } from './expected';
import type { ObservedCondition, ObservedDeployment, ObservedPod, ObservedWorkloads } from './observed';

/** How far the rollout of one Deployment has come. */
export interface RolloutState {
  readonly workload: ExpectedWorkload;
  /** `complete`: settled. `waiting`: time may finish it. `stuck`: Kubernetes has given up. `missing`: no such object. */
  readonly phase: 'complete' | 'waiting' | 'stuck' | 'missing';
  /** `checkout 1 of 3 ready`, and what it waits for. */
  readonly text: string;
}

/**
 * Whether what a Deployment asks for has happened, by the rules of `kubectl rollout status`
 * (kubectl, polymorphichelpers/rollout_status.go).
 */
export function rolloutOf(workload: ExpectedWorkload, seen: ObservedWorkloads): RolloutState {
  const deployment = deploymentOf(workload, seen);
  if (deployment === undefined) {
    return { workload, phase: 'missing', text: `${workload.name}: no such Deployment` };
  }
  const ready = `${workload.name} ${deployment.readyReplicas} of ${deployment.replicas} ready`;
  const obstacle = obstacleTo(deployment);
  if (obstacle === null) {
    return { workload, phase: 'complete', text: ready };
  }
  return conditionsOf(deployment).some(({ reason }) => reason === 'ProgressDeadlineExceeded')
    ? { workload, phase: 'stuck', text: `${ready}, progress deadline exceeded` }
    : { workload, phase: 'waiting', text: `${ready}, ${obstacle}` };
}

function obstacleTo(deployment: ObservedDeployment): string | null {
  const { replicas, currentReplicas, updatedReplicas, availableReplicas } = deployment;
  if (!isPickedUp(deployment)) {
    return 'change not yet picked up';
  }
  if (updatedReplicas < replicas) {
    return `${updatedReplicas} of ${replicas} updated`;
  }
  if (currentReplicas > updatedReplicas) {
    return `${currentReplicas - updatedReplicas} of an older revision to end`;
  }
  return availableReplicas < updatedReplicas ? `${availableReplicas} of ${updatedReplicas} available` : null;
}

/** What the Deployment says of its own state; nothing while that is about an older generation than the one asked for. */
export function conditionsOf(deployment: ObservedDeployment): readonly ObservedCondition[] {
  return isPickedUp(deployment) ? deployment.conditions : [];
}

function isPickedUp({ generation, observedGeneration }: ObservedDeployment): boolean {
  return observedGeneration >= generation;
}

/** The Deployment of a workload, if the cluster has it. */
export function deploymentOf(
  { namespace, name }: ExpectedWorkload,
  seen: ObservedWorkloads,
): ObservedDeployment | undefined {
  return seen.deployments.find((candidate) => candidate.namespace === namespace && candidate.name === name);
}

/** The pods of a workload, sorted by name. */
export interface WorkloadPods {
  /** Of the current revision, neither finished nor being deleted. */
  readonly current: readonly ObservedPod[];
  /**
   * Of an older revision or of none, finished or being deleted: nothing that should still be there after a rollout.
   * Scaling in leaves pods of the current revision that are being deleted, and the status of the Deployment does
   * not count them.
   */
  readonly old: readonly ObservedPod[];
}

/** Pods are found by the selector, and told apart by the ReplicaSet that owns them, as kubectl does. */
export function podsOf(workload: ExpectedWorkload, seen: ObservedWorkloads): WorkloadPods {
  const revision = deploymentOf(workload, seen)?.revision ?? null;
  const currentSets = new Set(
    seen.replicaSets
      .filter(
        (set) =>
          set.namespace === workload.namespace &&
          set.deployment === workload.name &&
          set.revision === revision,
      )
      .map(({ name }) => name),
  );
  const pods = seen.pods
    .filter((pod) => pod.namespace === workload.namespace && hasLabels(pod, workload.selector))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const isCurrent = (pod: ObservedPod): boolean =>
    pod.replicaSet !== null && currentSets.has(pod.replicaSet) && !isFinished(pod) && pod.deletedAt === null;
  return { current: pods.filter(isCurrent), old: pods.filter((pod) => !isCurrent(pod)) };
}

/** An evicted pod stays in the API as `Failed`, and on Fargate its node stays with it. */
function isFinished({ phase }: ObservedPod): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Whether a pod carries all of the labels. */
export function hasLabels(pod: ObservedPod, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => pod.labels[key] === value);
}

/** Whether the condition `Ready` of a pod is true. */
export function isReady({ conditions }: ObservedPod): boolean {
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
