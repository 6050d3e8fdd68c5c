/** What a finding means for the pod: `error`, Fargate refuses it or leaves it Pending; `warning`, it runs but will hurt. */
export type Severity = 'error' | 'warning';

/** What one rule has to say of one object. */
export interface Finding {
  /** Id of the rule, as listed in docs/rules.md. */
  readonly rule: string;
  /** Errors stop the synthesis, warnings do not. */
  readonly severity: Severity;
  /**
   * The object it is about: `Kind namespace/name`, or `Kind name` where it has no namespace. `Kind` alone for
   * what is true of all objects of a kind.
   */
  readonly object: string;
  /** The whole finding on one line: object, container, value received, what to write instead. */
  readonly message: string;
  /** The page that states the rule. */
  readonly source: string;
  /** Position of the object in the list that was checked; undefined for a finding about none of them. */
  readonly index: number | undefined;
  /** Why somebody accepts the finding: it is shown, and counts neither as an error nor as a warning. */
  readonly acknowledged?: string;
}

/** Whether a finding counts as an error, or as a warning: one that is acknowledged counts as neither. */
export function countsAs(severity: Severity, finding: Finding): boolean {
  return finding.severity === severity && finding.acknowledged === undefined;
}
