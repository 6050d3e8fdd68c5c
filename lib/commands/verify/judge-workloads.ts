import type { Verdict } from './check';
import { judgeSeen } from './check';
import type { ExpectedState, ExpectedWorkload } from './expected';
import type { ObservedPod, ObservedState, ObservedWorkloads } from './observed';
import { podEvidence } from './pod-evidence';
import { deploymentOf, podsOf, rolloutOf } from './rollout';

/** A pod of the current revision, and what it should be. */
export interface Subject {
  readonly workload: ExpectedWorkload;
  readonly pod: ObservedPod;
}

/** What one pod, or one workload, adds to the verdict of a check. */
export type Part =
  /** As predicted. */
  | { readonly ok: true; readonly evidence?: readonly string[] }
  | {
      readonly problem: string;
      readonly evidence?: readonly string[];
      /**
       * A cause that fits better than the usual one of the check.
       * @default the usual one
       */
      readonly likelyCause?: string;
    }
  /** Not judged: the check with this title is broken, and explains whatever would be seen here. */
  | { readonly follows: string }
  /** Not judged: looking failed. */
  | { readonly notSeen: string };

/** Judges the workloads, or says that the cluster could not be looked at. */
export function judgeWorkloads(
  observed: ObservedState,
  expected: string,
  judge: (seen: ObservedWorkloads) => Verdict,
): Verdict {
  return judgeSeen(observed.workloads, expected, judge);
}

/** A workload without a pod that could be judged. */
export interface NoSubject {
  readonly workload: ExpectedWorkload;
  readonly pod: null;
  /** Title of the check that says why. */
  readonly follows: string;
}

/** The pods of the current revision of every workload; of one that should have none, and has none, nothing. */
export function subjectsOf(
  expected: ExpectedState,
  seen: ObservedWorkloads,
): readonly (Subject | NoSubject)[] {
  return expected.workloads.flatMap((workload): ReturnType<typeof subjectsOf> => {
    const { current } = podsOf(workload, seen);
    if (current.length > 0) {
      return current.map((pod) => ({ workload, pod }));
    }
    const scaledToNothing =
      deploymentOf(workload, seen)?.replicas === 0 && rolloutOf(workload, seen).phase === 'complete';
    if (!scaledToNothing) {
      return [{ workload, pod: null, follows: 'rollout' }];
    }
    return workload.replicas === 0 ? [] : [{ workload, pod: null, follows: 'replicas' }];
  });
}

/**
 * Judges every pod. One problem breaks the check; without one, a pod that could not be judged leaves it unknown;
 * only a check that judged every pod of every workload is held, at least one of each that should have any.
 */
export function judgeAll(
  subjects: ReturnType<typeof subjectsOf>,
  observed: ObservedState,
  expected: string,
  held: string,
  judge: (subject: Subject) => Part,
): Verdict {
  const parts = subjects.map((subject): { readonly name: string; readonly part: Part } => {
    const { workload, pod } = subject;
    return pod === null
      ? { name: workload.name, part: { follows: subject.follows } }
      : { name: pod.name, part: withPodEvidence(judge({ workload, pod }), pod, observed) };
  });
  return combine(parts, expected, held);
}

/** A pod that is not as it should be comes with what the cluster says of it. */
function withPodEvidence(part: Part, pod: ObservedPod, observed: ObservedState): Part {
  return 'problem' in part
    ? { ...part, evidence: [...(part.evidence ?? []), ...podEvidence(pod, observed)] }
    : part;
}

/** Puts the parts of a check together, by the rule of {@link judgeAll}. */
export function combine(
  parts: readonly { readonly name: string; readonly part: Part }[],
  expected: string,
  held: string,
): Verdict {
  const evidence = parts.flatMap(({ part }) => ('evidence' in part ? (part.evidence ?? []) : []));
  const problems = parts.flatMap(({ part }) => ('problem' in part ? [part.problem] : []));
  if (problems.length > 0) {
    const causes = new Set(parts.flatMap(({ part }) => ('problem' in part ? [part.likelyCause] : [])));
    // One that is not that of all problems would be false advice for the others.
    const [likelyCause] = causes.size === 1 ? causes : [];
    return {
      status: 'broken',
      expected,
      observed: problems.join('; '),
      evidence,
      ...(likelyCause === undefined ? {} : { likelyCause }),
    };
  }
  const unjudged = parts.flatMap(({ name, part }) => {
    if ('follows' in part) {
      return [`${name} not judged, follows from "${part.follows}"`];
    }
    return 'notSeen' in part ? [`${name} not judged, ${part.notSeen}`] : [];
  });
  return unjudged.length > 0
    ? { status: 'unknown', expected, observed: unjudged.join('; '), evidence }
    : { status: 'held', expected, observed: held, evidence };
}
