import type { ExpectedState } from './expected';
import type { Observation, ObservedState } from './observed';

/** Steps of the walk-through in the README, in its order. */
export const steps = {
  1: 'Pod execution role',
  2: 'Fargate profile',
  3: 'Scheduled on Fargate',
  4: 'Resources and logging',
  5: 'Scaled out',
} as const;

export type Step = keyof typeof steps;

/**
 * `held`: looked, and it is as predicted. `broken`: looked, and it is not. `unknown`: could not be judged, either
 * because looking failed or because another check is broken that explains what was seen. Never counts as held.
 */
export type Status = 'held' | 'broken' | 'unknown';

/** What a check found out. */
export interface Verdict {
  readonly status: Status;
  readonly expected: string;
  /** What was seen; for `unknown`, why that is no answer. */
  readonly observed: string;
  /** Facts behind it, one a line: what a person would have looked up by hand. */
  readonly evidence?: readonly string[];
  /** A cause that fits this evidence better than the usual one of the check. */
  readonly likelyCause?: string;
}

/** One question about a deployment: data, and a pure function that answers it. */
export interface Check {
  /** Stable: pipelines may select by it. */
  readonly id: string;
  readonly step: Step;
  /** What is looked at, in a few words. */
  readonly title: string;
  /** What a person who has seen it break before would look at first. */
  readonly usualCause: string;
  readonly judge: (expected: ExpectedState, observed: ObservedState) => Verdict;
}

export interface CheckResult {
  readonly id: string;
  readonly step: Step;
  readonly title: string;
  readonly status: Status;
  readonly expected: string;
  readonly observed: string;
  readonly evidence: readonly string[];
  /** Only for a broken check. */
  readonly usualCause: string | null;
}

/**
 * Held if both texts are the same, broken if not: for the checks that compare one value.
 *
 * @param evidence shown if they differ
 */
export function compare(expected: string, observed: string, evidence: readonly string[] = []): Verdict {
  return expected === observed
    ? { status: 'held', expected, observed }
    : { status: 'broken', expected, observed, evidence };
}

/** Judges what was seen, or says that it was not. */
export function judgeSeen<T>(
  observation: Observation<T>,
  expected: string,
  judge: (seen: T) => Verdict,
): Verdict {
  return 'notSeen' in observation
    ? { status: 'unknown', expected, observed: observation.notSeen }
    : judge(observation.seen);
}

/** `a=1, b=2`, sorted by key: the way kubectl writes labels. */
export function formatLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
    .join(', ');
}

/** Sorted and comma-separated, `none` if empty: the same set always gives the same text. */
export function formatSet(values: Iterable<string>): string {
  return [...values].toSorted().join(', ') || 'none';
}
