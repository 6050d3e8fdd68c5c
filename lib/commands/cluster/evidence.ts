import type { ContainerStatus, Event } from 'kubernetes-types/core/v1';
import type { Condition } from 'kubernetes-types/meta/v1';
import { orElse, type Seen } from '../could-not-look';
import { conditionsOf } from './rollout';
import type { PodSubject, Workload } from './workload';

/**
 * What the cluster says of a pod, one fact a line: conditions that are not met, containers in trouble, and events: the
 * warnings, or where there are none, all of them.
 */
export function podEvidence({ label, pod, events }: PodSubject): readonly string[] {
  const { phase, conditions = [], containerStatuses = [], initContainerStatuses = [] } = pod?.status ?? {};
  const facts = [
    ...conditions.filter(({ status, message }) => status !== 'True' && message).map(formatCondition),
    // The end of an init container is its success, unless it failed.
    ...initContainerStatuses
      .filter(({ state }) => state?.terminated?.exitCode !== 0)
      .flatMap((container) => troubleOf('init container', container)),
    ...containerStatuses.flatMap((container) => troubleOf('container', container)),
    ...eventsOf(events),
  ];
  return about(label, facts.length > 0 ? facts : [`phase ${phase}, no events`]);
}

/**
 * Why a workload makes no pods, or gets no further, one fact a line. Where Kubernetes refuses the pods there is no pod
 * to look at: a Deployment and a Job have a condition that says so, and a StatefulSet has events only.
 */
export function workloadEvidence(
  { label, live = {}, uids }: Workload,
  events: Seen<readonly Event[]>,
): readonly string[] {
  const conditions = conditionsOf(live).filter(isInTheWay).map(formatCondition);
  const warnings = (): readonly Event[] =>
    events().filter(
      ({ type, involvedObject }) => type === 'Warning' && uids.includes(involvedObject.uid ?? ''),
    );
  return about(label, conditions.length > 0 ? conditions : eventsOf(warnings));
}

function about(label: string, facts: readonly string[]): readonly string[] {
  return [...new Set(facts)].map((text) => `${label}: ${text}`);
}

/** Conditions and reasons of kubernetes/pkg/controller/deployment/util/deployment_util.go and of batch/v1. */
function isInTheWay({ type, status, reason }: Partial<Condition>): boolean {
  return type === 'Progressing'
    ? // Unknown where it is paused, and also after it goes on again.
      status === 'False' || reason === 'DeploymentPaused'
    : (type === 'ReplicaFailure' || type === 'Failed') && status === 'True';
}

function formatCondition({ type, status, reason, message }: Partial<Condition>): string {
  return [[`${type}=${status}`, reason].filter(Boolean).join(' '), message].filter(Boolean).join(': ');
}

function troubleOf(kind: string, { name, state }: ContainerStatus): readonly string[] {
  const trouble = state?.waiting ?? state?.terminated;
  return trouble ? [[`${kind} ${name}: ${trouble.reason}`, trouble.message].filter(Boolean).join(', ')] : [];
}

function eventsOf(events: Seen<readonly Event[]>): readonly string[] {
  const look = (): readonly string[] => {
    const warnings = events().filter(({ type }) => type === 'Warning');
    return (warnings.length > 0 ? warnings : events()).map(formatEvent);
  };
  return orElse(look, ({ message }) => [`events: ${message}`]);
}

/** `fargate-scheduler FailedScheduling: Pod provisioning timed out …`. */
export function formatEvent({ source, reportingComponent, reason, message }: Event): string {
  // Older recorders fill in `source`, those of events.k8s.io `reportingComponent`.
  return `${source?.component || reportingComponent || ''} ${reason}: ${message}`;
}
