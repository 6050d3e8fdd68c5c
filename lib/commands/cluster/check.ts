import { CouldNotLook } from '../could-not-look';

/**
 * `held`: as planned. `broken`: not as planned. `unknown`: could not be judged, because looking failed or because a broken
 * check explains what was seen; never counts as held. `noted`: named only.
 */
export type Status = 'broken' | 'unknown' | 'held' | 'noted';

/** What a check found out about one subject. */
export interface Verdict {
  readonly status: Status;
  readonly expected: string;
  /** What was seen; where the status is unknown, why that is no answer. */
  readonly observed: string;
  /** Facts behind it, one a line. */
  readonly evidence?: readonly string[];
  /** What usually is behind it, where it is broken. A check may name one that fits the evidence better than its own. */
  readonly usualCause?: string;
  /** Title of the broken check that explains why this one could not be judged. */
  readonly follows?: string;
}

/** What one check found out about all its subjects. */
export interface CheckResult {
  /** Stable: pipelines may select by it. */
  readonly id: string;
  /** Number of the step of the report, from 1. */
  readonly step: number;
  readonly title: string;
  /** The worst of its subjects: broken, unknown, held, noted. */
  readonly status: Status;
  readonly subjects: readonly (Verdict & {
    /** Its name; empty where not even the subjects could be listed. */
    readonly subject: string;
    /** What it is a part of: the workload of a pod. */
    readonly owner?: string;
  })[];
}

/** What a check is about: a role, a profile, a subnet, a workload, a pod, a cluster or a stack. */
export interface Subject {
  /** Its name in the report. */
  readonly label: string;
  /** What it is a part of: the workload of a pod. */
  readonly owner?: Subject;
}

/** One question about what was seen: data, and a pure function that answers it. */
export interface Check<View, S extends Subject = Subject> {
  readonly id: string;
  readonly step: number;
  /** What is looked at, in a few words. */
  readonly title: string;
  /** What somebody who has seen it break before would look at first. */
  readonly usualCause: string;
  /** Ids of earlier checks: one that is broken for the subject explains whatever is seen here. */
  readonly after?: readonly string[];
  /** A check without any is not made. */
  subjects(view: View): readonly S[];
  /** Both throw CouldNotLook where what they need was not seen. */
  judge(subject: S, view: View, explain: Explain): Verdict;
}

/** Title of the broken check, among earlier ones with these ids, that explains what is seen of a subject. */
export type Explain = (ids: readonly string[], subject: Subject) => string | undefined;

/** As planned. */
export function held(observed: string, evidence: readonly string[] = []): Verdict {
  return { status: 'held', expected: observed, observed, evidence };
}

/** Not as planned. */
export function broken(
  expected: string,
  observed: string,
  more: Pick<Verdict, 'evidence' | 'usualCause'> = {},
): Verdict {
  return { status: 'broken', expected, observed, ...more };
}

/** Held where both texts are the same. */
export function compare(expected: string, observed: string, evidence: readonly string[] = []): Verdict {
  return expected === observed ? held(observed) : broken(expected, observed, { evidence });
}

/** Named only. */
export function noted(observed: string): Verdict {
  return { status: 'noted', expected: '', observed };
}

/** Not judged, because another check is broken and explains whatever would be seen here. */
export function follows(title: string): Verdict {
  return { ...unknown(`not judged, follows from "${title}"`), follows: title };
}

/** Of a pod that is not there, or has no node yet. */
export const followsRollout = follows('rollout');

function unknown(observed: string): Verdict {
  return { status: 'unknown', expected: '', observed };
}

/** Makes checks in their order, each about all its subjects. */
export function judgeAll<View>(view: View, checks: readonly Check<View>[]): readonly CheckResult[] {
  const made = new Map<string, { readonly title: string; readonly verdicts: Map<Subject, Verdict> }>();
  const explain: Explain = (ids, subject) => {
    for (const id of ids) {
      const { title, verdicts } = made.get(id) ?? {};
      const { status, follows: earlier } = verdicts?.get(subject) ?? {};
      if (status === 'broken' || earlier !== undefined) {
        return earlier ?? title;
      }
    }
    return undefined;
  };
  const judge = (check: Check<View>, subject: Subject): Verdict => {
    const explanation = explain(check.after ?? [], subject);
    return explanation === undefined
      ? orUnknown(() => check.judge(subject, view, explain))
      : follows(explanation);
  };
  return checks
    .map((check) => {
      const { id, step, title, usualCause } = check;
      const verdicts = new Map<Subject, Verdict>();
      const failure = orUnknown(() => {
        for (const subject of check.subjects(view)) {
          const verdict = judge(check, subject);
          verdicts.set(subject, verdict.status === 'broken' ? { usualCause, ...verdict } : verdict);
        }
        return undefined;
      });
      if (failure) {
        verdicts.set({ label: '' }, failure);
      }
      made.set(id, { title, verdicts });
      const subjects = [...verdicts].map(([{ label, owner }, verdict]) => ({
        subject: label,
        ...(owner && { owner: owner.label }),
        ...verdict,
      }));
      return { id, step, title, status: worst(subjects), subjects };
    })
    .filter(({ subjects }) => subjects.length > 0)
    .toSorted((one, other) => one.step - other.step);
}

/** What was not seen is unknown. So is what a defect of a check hides: it has shown nothing. */
function orUnknown<T>(look: () => T): T | Verdict {
  try {
    return look();
  } catch (error) {
    if (error instanceof CouldNotLook) {
      return unknown(error.message);
    }
    return unknown(`the check itself failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The worst news wins. Without any, nothing has held. */
export function worst(results: readonly { readonly status: Status }[]): Status {
  const byGravity: readonly Status[] = ['broken', 'unknown', 'held', 'noted'];
  return byGravity.find((status) => results.some((result) => result.status === status)) ?? 'unknown';
}

/** `a=1, b=2`, sorted by key: the way kubectl writes labels. */
export function formatLabels(labels: Readonly<Record<string, string>>): string {
  return formatSet(Object.entries(labels).map(([key, value]) => `${key}=${value}`));
}

/** Sorted and comma-separated, `none` if empty: the same set always gives the same text. */
export function formatSet(values: Iterable<string>): string {
  return [...values].toSorted().join(', ') || 'none';
}
