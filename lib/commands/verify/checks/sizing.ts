import type { Check } from '../check';
import { judgeAll, judgeWorkloads, subjectsOf } from '../judge-workloads';
import type { Part, Subject } from '../judge-workloads';
import type { ObservedState } from '../observed';
import { notTakenBecause } from '../not-taken';

const loggingEnabled = 'LoggingEnabled';

const capacity: Check = {
  id: 'capacity',
  step: 4,
  title: 'CapacityProvisioned',
  usualCause:
    'the pods are those of another variant, or the requests were changed in the cluster: deploy the variant that you want, or name the one that is there with --variant',
  judge: (expected, observed) => {
    const wanted = expected.workloads.map(({ name, capacity: size }) => `${name} ${size}`).join(', ');
    return judgeWorkloads(observed, wanted, (seen) =>
      judgeAll(subjectsOf(expected, seen), observed, wanted, wanted, (subject) =>
        judgeAnnotation(
          subject,
          observed,
          subject.pod.capacity,
          subject.workload.capacity,
          'CapacityProvisioned',
        ),
      ),
    );
  },
};

const logging: Check = {
  id: 'logging',
  step: 4,
  title: 'Logging',
  usualCause:
    'the ConfigMap aws-logging in namespace aws-observability was not there when the pod started, or has an error: mend it, then make new pods with `kubectl rollout restart`',
  judge: (expected, observed) =>
    judgeWorkloads(observed, loggingEnabled, (seen) =>
      judgeAll(subjectsOf(expected, seen), observed, loggingEnabled, loggingEnabled, (subject) =>
        judgeAnnotation(subject, observed, subject.pod.logging, loggingEnabled, 'Logging'),
      ),
    ),
};

/** Step 4: what Fargate says that it gave each pod. */
export const sizingChecks: readonly Check[] = [capacity, logging];

/** Fargate writes its annotations when it takes a pod: one that it has not taken yet, or never will, has none. */
function judgeAnnotation(
  subject: Subject,
  observed: ObservedState,
  value: string | null,
  wanted: string,
  annotation: string,
): Part {
  const { pod } = subject;
  if (value !== null) {
    return value === wanted ? { ok: true } : { problem: `${pod.name} ${value}` };
  }
  const cause = notTakenBecause(subject, observed);
  if (cause !== null) {
    return { follows: cause };
  }
  return pod.nodeName === null
    ? { follows: 'rollout' }
    : { problem: `${pod.name} has no annotation ${annotation}` };
}
