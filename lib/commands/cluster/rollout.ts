import type { StatefulSetUpdateStrategy } from 'kubernetes-types/apps/v1';
import type { CronJob, Job } from 'kubernetes-types/batch/v1';
import type { Pod } from 'kubernetes-types/core/v1';
import type { Condition, LabelSelector } from 'kubernetes-types/meta/v1';

/** How far what an object asks for has happened. */
export interface Rollout {
  /** `complete`: settled. `waiting`: time may finish it. `stuck`: Kubernetes has given up. `missing`: no such object. */
  readonly phase: 'complete' | 'waiting' | 'stuck' | 'missing';
  /** `1 of 3 ready`, and what it waits for. */
  readonly text: string;
}

/** What all kinds have that have a state. */
export interface Stateful {
  readonly metadata?: { readonly generation?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly Partial<Condition>[];
  };
}

/** What keeps a number of pods: a Deployment, a StatefulSet or a ReplicaSet. */
export interface Steady extends Stateful {
  readonly spec?: {
    readonly replicas?: number;
    readonly updateStrategy?: StatefulSetUpdateStrategy;
    readonly selector?: LabelSelector;
  };
  readonly status?: Stateful['status'] & {
    readonly [count in 'replicas' | 'updatedReplicas' | 'readyReplicas' | 'availableReplicas']?: number;
  } & { readonly currentRevision?: string; readonly updateRevision?: string };
}

/**
 * Of what keeps a number of pods, by the rules of `kubectl rollout status` (kubectl,
 * polymorphichelpers/rollout_status.go).
 */
export function steadyRollout(live: Steady, kind: string): Rollout {
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

function deploymentObstacle({ status }: Steady, replicas: number): string | undefined {
  const {
    replicas: current = 0,
    updatedReplicas: updated = 0,
    availableReplicas: available = 0,
  } = status ?? {};
  if (updated < replicas) {
    return `${updated} of ${replicas} updated`;
  }
  if (current > updated) {
    return `${current - updated} of an older revision to end`;
  }
  return available < updated ? `${available} of ${updated} available` : undefined;
}

/** Of a StatefulSet; a ReplicaSet of its own has no revisions. One that is updated `OnDelete` waits for nobody. */
function orderedObstacle({ spec, status }: Steady, replicas: number): string | undefined {
  const { readyReplicas = 0, updatedReplicas = 0, currentRevision, updateRevision } = status ?? {};
  const { type, rollingUpdate } = spec?.updateStrategy ?? {};
  const toUpdate = Math.max(0, replicas - (rollingUpdate?.partition ?? 0));
  if (readyReplicas < replicas) {
    return `${replicas - readyReplicas} to start`;
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
export function jobRollout(job: Job): Rollout {
  const { completions = 1, suspend = false } = job.spec ?? {};
  const { succeeded = 0, active = 0, ready = 0, conditions = [] } = job.status ?? {};
  const text = `${succeeded} of ${completions} completed`;
  const failed = conditions.find(({ type, status }) => type === 'Failed' && status === 'True');
  if (failed) {
    return { phase: 'stuck', text: `${text}, failed: ${failed.reason}` };
  }
  if (suspend || conditions.some(({ type, status }) => type === 'Complete' && status === 'True')) {
    return { phase: 'complete', text: suspend ? `${text}, suspended` : text };
  }
  const isRunning = active > 0 && ready >= active;
  return { phase: isRunning ? 'complete' : 'waiting', text: `${text}, ${ready} of ${active} running` };
}

/** Of a CronJob: what became of the last run. None yet is no failure. */
export function cronJobRollout({ spec, status }: CronJob, last: Job | undefined): Rollout {
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
export function conditionsOf(live: Stateful): readonly Partial<Condition>[] {
  const { observedGeneration, conditions = [] } = live.status ?? {};
  // A Job has no observedGeneration.
  return observedGeneration === undefined || isPickedUp(live) ? conditions : [];
}

function isPickedUp({ metadata, status }: Stateful): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
}

/** Whether the condition `Ready` of a pod is true. */
export function isReady({ status }: Pod): boolean {
  return (
    status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ??
    false
  );
}

/** An evicted pod stays in the API as `Failed`, and on Fargate its node stays with it. */
export function isFinished({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}
