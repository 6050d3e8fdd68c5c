import type { Pod } from 'kubernetes-types/core/v1';
import type { Condition } from 'kubernetes-types/meta/v1';
import type { Live } from './read-cluster';

/** How far what an object asks for has happened. */
export interface Rollout {
  /** `complete`: settled. `waiting`: time may finish it. `stuck`: Kubernetes has given up. `missing`: no such object. */
  readonly phase: 'complete' | 'waiting' | 'stuck' | 'missing';
  /** `1 of 3 ready`, and what it waits for. */
  readonly text: string;
}

/**
 * Of what keeps a number of pods, by the rules of `kubectl rollout status` (kubectl,
 * polymorphichelpers/rollout_status.go).
 */
export function steadyRollout(live: Live, kind: string): Rollout {
  const { replicas = 1 } = live.spec ?? {};
  const ready = `${live.status?.readyReplicas ?? 0} of ${replicas} ready`;
  const obstacle = isPickedUp(live)
    ? (kind === 'Deployment' ? deploymentObstacle : orderedObstacle)(live, replicas)
    : 'change not yet picked up';
  if (obstacle === undefined) {
    return { phase: 'complete', text: ready };
  }
  return conditionsOf(live).some(({ reason }) => reason === 'ProgressDeadlineExceeded')
    ? { phase: 'stuck', text: `${ready}, progress deadline exceeded` }
    : { phase: 'waiting', text: `${ready}, ${obstacle}` };
}

function deploymentObstacle({ status }: Live, wanted: number): string | undefined {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status ?? {};
  if (updatedReplicas < wanted) {
    return `${updatedReplicas} of ${wanted} updated`;
  }
  if (replicas > updatedReplicas) {
    return `${replicas - updatedReplicas} of an older revision to end`;
  }
  return availableReplicas < updatedReplicas
    ? `${availableReplicas} of ${updatedReplicas} available`
    : undefined;
}

/** Of a StatefulSet; a ReplicaSet of its own has no revisions. One that is updated `OnDelete` waits for nobody. */
function orderedObstacle({ spec, status }: Live, wanted: number): string | undefined {
  const { readyReplicas = 0, updatedReplicas = 0, currentRevision, updateRevision } = status ?? {};
  const { type, rollingUpdate } = spec?.updateStrategy ?? {};
  const toUpdate = Math.max(0, wanted - (rollingUpdate?.partition ?? 0));
  if (readyReplicas < wanted) {
    return `${wanted - readyReplicas} to start`;
  }
  return updateRevision === currentRevision || updatedReplicas >= toUpdate || type === 'OnDelete'
    ? undefined
    : `${updatedReplicas} of ${toUpdate} updated`;
}

/** Of a Pod without an owner. */
export function podRollout(pod: Pod): Rollout {
  const { phase = 'Pending' } = pod.status ?? {};
  const isComplete = isReady(pod) || phase === 'Succeeded';
  return { phase: isComplete ? 'complete' : phase === 'Failed' ? 'stuck' : 'waiting', text: phase };
}

/** Of a Job: complete also while it runs, as soon as its pods are ready. */
export function jobRollout({ spec, status }: Live): Rollout {
  const { completions = 1, suspend = false } = spec ?? {};
  const { succeeded = 0, active = 0, ready = 0, conditions = [] } = status ?? {};
  const text = `${succeeded} of ${completions} completed`;
  const is = (wanted: string) =>
    conditions.find((condition) => condition.type === wanted && condition.status === 'True');
  if (is('Failed')) {
    return { phase: 'stuck', text: `${text}, failed: ${is('Failed')?.reason}` };
  }
  if (suspend || is('Complete')) {
    return { phase: 'complete', text: suspend ? `${text}, suspended` : text };
  }
  const isRunning = active > 0 && ready >= active;
  return { phase: isRunning ? 'complete' : 'waiting', text: `${text}, ${ready} of ${active} running` };
}

/** Of a CronJob: what became of the last run. None yet is no failure. */
export function cronJobRollout({ spec, status }: Live, last: Live | undefined): Rollout {
  const schedule = `schedule "${spec?.schedule}"`;
  if (spec?.suspend || !last) {
    const time = status?.lastScheduleTime;
    const past = time ? `last run at ${time}, no longer kept` : 'no run yet';
    return { phase: 'complete', text: `${schedule}, ${spec?.suspend ? 'suspended' : past}` };
  }
  const { phase, text } = jobRollout(last);
  return { phase, text: `${schedule}, last run ${last.metadata?.name}: ${text}` };
}

/** What an object says of its own state; nothing while that is about an older generation than the one asked for. */
export function conditionsOf(live: Live): readonly Partial<Condition>[] {
  const { observedGeneration, conditions = [] } = live.status ?? {};
  // A Job has no observedGeneration.
  return observedGeneration === undefined || isPickedUp(live) ? conditions : [];
}

function isPickedUp({ metadata, status }: Live): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
}

/** Whether the condition `Ready` of a pod is true. */
export function isReady({ status }: Pod): boolean {
  return status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false;
}

/** An evicted pod stays in the API as `Failed`, and on Fargate its node stays with it. */
export function isFinished({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}
