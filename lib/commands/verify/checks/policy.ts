import { anything } from '../aws/deployed-stacks';
import { broken, formatSet, held, type Verdict } from '../../cluster/check';

/**
 * The statements of policies, one text each: the same statement always gives the same text. One with an element that
 * has no short form here, such as NotAction, is written out as it is.
 */
export function describeStatements(documents: readonly unknown[]): readonly string[] {
  return documents
    .flatMap((document) =>
      listOf<Statement>((document as { readonly Statement?: unknown } | null)?.Statement),
    )
    .map(describeStatement);
}

type Statement = Readonly<Record<string, unknown>>;

function describeStatement(statement: Statement): string {
  const { Effect, Action, Resource, Principal, Condition, ...others } = statement;
  if (Object.keys(others).some((key) => key !== 'Sid') || typeof Principal === 'string') {
    return JSON.stringify(statement);
  }
  const conditions = Object.entries(Condition ?? {}).flatMap(([operator, block]) =>
    Object.entries(block as object).map(([key, value]) => `${operator} ${key} ${formatSet(listOf(value))}`),
  );
  const principals = Object.entries(Principal ?? {}).map(
    ([kind, value]) => `${kind} ${formatSet(listOf(value))}`,
  );
  return [
    `${String(Effect)} ${formatSet(listOf(Action))}`,
    ...(Resource === undefined ? [] : [`on ${formatSet(listOf(Resource))}`]),
    ...(principals.length === 0 ? [] : [`to ${formatSet(principals)}`]),
    ...(conditions.length === 0 ? [] : [`if ${conditions.toSorted().join(' and ')}`]),
  ].join(' ');
}

/** IAM writes one value bare and several as a list. */
function listOf<T = string>(value: unknown): readonly T[] {
  return ([value ?? []] as unknown[]).flat() as T[];
}

/** Held where both sides have the same texts, in any order. What only CloudFormation knows may be anything. */
export function compareTexts(wanted: readonly string[], found: readonly string[]): Verdict {
  const missing = wanted.filter((pattern) => !found.some((text) => matches(text, pattern)));
  const extra = found.filter((text) => !wanted.some((pattern) => matches(text, pattern)));
  const differences = [...missing.map((text) => `lacks ${text}`), ...extra.map((text) => `also ${text}`)];
  return differences.length === 0
    ? held(found.toSorted().join('; ') || 'none')
    : broken(
        wanted.join('; ').replaceAll(anything, '…') || 'none',
        differences.join('; ').replaceAll(anything, '…'),
      );
}

function matches(text: string, pattern: string): boolean {
  const parts = pattern
    .split(anything)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`));
  return new RegExp(`^${parts.join('.+')}$`, 'u').test(text);
}
