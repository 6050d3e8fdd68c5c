import { formatCapacity } from '../../fargate/sizing/pod-size';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { broken, compare, followsRollout, noted, type Check, type Verdict } from './check';
import { podEvidence } from './evidence';
import type { ClusterView } from './look-at-cluster';
import { plannedObjects, type PodSubject } from './workload';

/** Whether each pod has the size that was planned. */
export const capacityCheck: Check<ClusterView, PodSubject> = {
  id: 'capacity',
  step: 4,
  title: 'CapacityProvisioned',
  usualCause:
    'the pods are those of another variant, or somebody changed the requests in the cluster: deploy the variant that you want, or name the one that is there with -c variant=NAME',
  after: ['pod-labels', 'on-fargate'],
  subjects: ({ pods }) => pods(),
  judge: (subject) => {
    const { size } = subject.owner.planned;
    return size === undefined
      ? noted('no size was planned: npm run preflight says why')
      : judgeAnnotation(subject, 'CapacityProvisioned', formatCapacity(size));
  },
};

/** Whether the log router of each pod runs. */
export const loggingCheck: Check<ClusterView, PodSubject> = {
  id: 'logging',
  step: 4,
  title: 'Logging',
  usualCause:
    'the ConfigMap aws-logging in namespace aws-observability was not there when the pod started, or has an error: fix it, then make new pods with `kubectl rollout restart`',
  after: ['pod-labels', 'on-fargate'],
  subjects: ({ plan, pods }) => (hasLogging(plan) ? pods() : []),
  judge: (subject) => judgeAnnotation(subject, 'Logging', 'LoggingEnabled'),
};

/** Whether a plan has the ConfigMap without which there is no log router. */
function hasLogging(plan: FargatePlan): boolean {
  return plannedObjects(plan).some(
    ({ kind, namespace, name }) =>
      kind === 'ConfigMap' && namespace === 'aws-observability' && name === 'aws-logging',
  );
}

/** Fargate writes its annotations when it schedules a pod: one that it has not scheduled yet, or never will, has none. */
function judgeAnnotation(subject: PodSubject, annotation: string, wanted: string): Verdict {
  const { metadata, spec } = subject.pod ?? {};
  const value = metadata?.annotations?.[annotation];
  if (value === undefined && spec?.nodeName === undefined) {
    return followsRollout;
  }
  return value === undefined
    ? broken(wanted, 'no such annotation', { evidence: podEvidence(subject) })
    : compare(wanted, value, podEvidence(subject));
}
