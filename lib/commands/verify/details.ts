import { dump } from 'js-yaml';
import { formatEvent } from '../cluster/evidence';
import type { PodSubject } from '../cluster/workload';
import { orElse, type Seen } from '../could-not-look';
import type { DeploymentView } from './look-at-deployment';

/**
 * What one would look up by hand after a step of the lab: the documents of the policies of each role, each Fargate
 * profile as EKS describes it, labels, annotations, events and node of each pod.
 */
export function detailsOf({ roles, profiles, pods }: DeploymentView): object {
  return {
    roles: roles.map(({ live }) => orProblem(live)),
    profiles: profiles.map(({ live }) => orProblem(live)),
    pods: orProblem(() => pods().flatMap((subject) => (subject.pod ? podDetails(subject) : []))),
  };
}

function podDetails({ label, pod, node, events }: PodSubject): object {
  const { metadata, status } = orElse(node, () => undefined) ?? {};
  return {
    name: label,
    labels: pod?.metadata?.labels,
    annotations: pod?.metadata?.annotations,
    events: orProblem(() => events().map(formatEvent)),
    node: { name: pod?.spec?.nodeName, labels: metadata?.labels, system: status?.nodeInfo },
  };
}

function orProblem<T>(seen: Seen<T>): T | object {
  return orElse(seen, ({ message }) => ({ problem: message }));
}

/** The details for people: YAML. */
export function formatDetails(details: object): string {
  // Without what is undefined, which YAML has no word for.
  const plain = JSON.parse(JSON.stringify(details)) as unknown;
  return `\n${dump(plain, { noRefs: true, lineWidth: -1 })}`;
}
