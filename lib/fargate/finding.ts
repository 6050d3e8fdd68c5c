/** What a finding means for the pod: `error`, Fargate refuses it or leaves it Pending; `warning`, it runs but will hurt. */
export type Severity = 'error' | 'warning';

/** One thing a rule has to say of one object. */
export interface Finding {
  /** Id of the rule, as listed in docs/rules.md. */
  readonly rule: string;
  /** Errors stop the synthesis, warnings do not. */
  readonly severity: Severity;
  /** The object it is about: `Kind namespace/name`, or `Kind name` where it has no namespace. */
  readonly object: string;
  /** The whole finding on one line: object, container, value received, what Fargate wants, what to write instead. */
  readonly message: string;
  /** The page that states the rule. */
  readonly source: string;
  /** Position of the object in the list that was checked. */
  readonly index: number;
}
