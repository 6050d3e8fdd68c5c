import { anything } from './deployed-stacks';
import { broken, formatSet, held, type Verdict } from '../cluster/check';

/** What a policy says, as words with a set of texts each: `Allow` the actions, `on` the resources, `to` whom, `if` what. */
export type Statement = readonly (readonly [word: string, texts: readonly string[]])[];

/**
 * The statements of policies. One with an element that has no short form here, such as NotAction, stays as it is.
 *
 * @param documents policy documents, or their JSON.
 */
export function readStatements(documents: readonly unknown[]): readonly Statement[] {
  return documents
    .map((document) => (typeof document === 'string' ? (JSON.parse(document) as unknown) : document))
    .flatMap((document) => listOf<Fields>((document as { readonly Statement?: unknown } | null)?.Statement))
    .map(readStatement);
}

type Fields = Readonly<Record<string, unknown>>;

function readStatement(statement: Fields): Statement {
  const { Effect, Action, Resource, Principal, Condition, ...others } = statement;
  if (Object.keys(others).some((key) => key !== 'Sid') || typeof Principal === 'string') {
    return asIs(JSON.stringify(statement));
  }
  const conditions = Object.entries(Condition ?? {}).flatMap(([operator, block]) =>
    Object.entries(block as object).map(([key, value]) => `${operator} ${key} ${formatSet(listOf(value))}`),
  );
  const principals = Object.entries(Principal ?? {}).map(
    ([kind, value]) => `${kind} ${formatSet(listOf(value))}`,
  );
  const parts: Statement = [
    [String(Effect), listOf(Action)],
    ['on', listOf(Resource)],
    ['to', principals],
    ['if', conditions],
  ];
  return parts.filter(([, texts]) => texts.length > 0);
}

/** A text that is compared as a whole. */
export function asIs(text: string): Statement {
  return [['', [text]]];
}

/** IAM writes one value bare and several as a list. */
function listOf<T = string>(value: unknown): readonly T[] {
  return ([value ?? []] as unknown[]).flat() as T[];
}

/** Held where both sides have the same statements, in any order. */
export function compareStatements(wanted: readonly Statement[], found: readonly Statement[]): Verdict {
  const missing = wanted.filter((pattern) => !found.some((statement) => matches(statement, pattern)));
  const extra = found.filter((statement) => !wanted.some((pattern) => matches(statement, pattern)));
  const differences = [
    ...missing.map((statement) => `lacks ${format(statement)}`),
    ...extra.map((statement) => `also ${format(statement)}`),
  ];
  return differences.length === 0
    ? held(found.map(format).toSorted().join('; ') || 'none')
    : broken(wanted.map(format).join('; ') || 'none', differences.join('; '));
}

function format(statement: Statement): string {
  return statement
    .map(([word, texts]) => `${word} ${texts.toSorted().join(word === 'if' ? ' and ' : ', ')}`)
    .join(' ')
    .trimStart()
    .replaceAll(anything, '…');
}

function matches(statement: Statement, pattern: Statement): boolean {
  return (
    statement.length === pattern.length &&
    pattern.every(([wantedWord, wanted], index) => {
      const [word, texts] = statement[index]!;
      return (
        word === wantedWord &&
        texts.length === wanted.length &&
        wanted.every((text) => texts.some((found) => isLike(found, text))) &&
        texts.every((found) => wanted.some((text) => isLike(found, text)))
      );
    })
  );
}

/**
 * What only CloudFormation knows may be any one name, and no pattern: a policy that somebody widened to `*` is another. The
 * ARN of a log group ends with `:*`.
 */
function isLike(found: string, wanted: string): boolean {
  const parts = wanted
    .split(anything)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`));
  return new RegExp(`^${parts.join(String.raw`[^\s,*]+(?::\*)?`)}$`, 'u').test(found);
}
