import type { ObservedEvent, ObservedPod, ObservedState } from './observed';

/**
 * What the cluster says of a pod, one fact a line: conditions that are not met, containers in trouble, and
 * events: the warnings, or where there are none, all of them.
 */
export function podEvidence(pod: ObservedPod, { events }: ObservedState): readonly string[] {
  const conditions = pod.conditions
    .filter(({ status, message }) => status !== 'True' && message !== '')
    .map(({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`);
  const told = [
    ...conditions,
    ...pod.troubledContainers,
    ...('notSeen' in events ? [`events: ${events.notSeen}`] : eventsOf(pod, events.seen)),
  ];
  return [...new Set(told), ...(told.length === 0 ? [`phase ${pod.phase}, no events`] : [])].map(
    (text) => `Pod ${pod.name}: ${text}`,
  );
}

function eventsOf(pod: ObservedPod, events: readonly ObservedEvent[]): readonly string[] {
  const own = events.filter((event) => event.namespace === pod.namespace && event.pod === pod.name);
  const warnings = own.filter(({ type }) => type === 'Warning');
  return (warnings.length > 0 ? warnings : own).map(
    ({ source, reason, message }) => `${source} ${reason}: ${message}`,
  );
}
