/** One statement of an IAM policy, as far as the checks read it. */
export interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/** The statements of a policy: IAM accepts a single one without a list, and so does this. */
export function statementsOf(document: unknown): readonly Statement[] {
  if (typeof document !== 'object' || document === null || !('Statement' in document)) {
    return [];
  }
  return listOf(document.Statement).filter(
    (statement): statement is Statement => typeof statement === 'object',
  );
}

/** IAM writes one value bare and several as a list. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}
