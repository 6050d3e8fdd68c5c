/**
 * `held`: looked, and it is as planned. `broken`: looked, and it is not. `unknown`: could not be judged, because looking
 * failed or because a broken check explains what was seen; never counts as held. `noted`: not a matter of this command,
 * and only named.
 */
export type Status = 'held' | 'broken' | 'unknown' | 'noted';

/** What a check found out about one subject: a role, a profile, a workload or a pod. */
export interface SubjectResult {
  readonly subject: string;
  readonly status: Status;
  readonly expected: string;
  /** What was seen; where the status is unknown, why that is no answer. */
  readonly observed: string;
  /** Facts behind it, one a line. */
  readonly evidence: readonly string[];
  /** What usually is behind it; undefined unless it is broken. */
  readonly usualCause: string | undefined;
}

/** What one check found out about all its subjects. */
export interface CheckResult {
  /** Stable: pipelines may select by it. */
  readonly id: string;
  readonly title: string;
  /** The worst of its subjects: broken, unknown, held, noted. */
  readonly status: Status;
  readonly subjects: readonly SubjectResult[];
}
