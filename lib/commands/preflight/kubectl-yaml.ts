/** Reads YAML as kubectl does, and says what is wrong with it. */
import {
  constructFromEvents,
  EVENT_ID as eventIds,
  parseEvents,
  YAMLException,
  type Event,
  type Schema,
} from 'js-yaml';
import { kubectlSchema, type RepeatedKey } from './kubectl-schema';

/** What one document holds. */
export interface YamlDocument {
  readonly value: unknown;
  /** Line of the text on which it starts, counted from zero. */
  readonly line: number;
  /** Undefined where no map of the text has a key twice. */
  readonly repeated: Repetition | undefined;
}

/** The keys that stand twice in one of the maps of a text. */
export interface Repetition {
  readonly keys: readonly RepeatedKey[];
  /** Line of the text on which the first key stands again, counted from zero. */
  readonly line: number;
}

/** Why a text cannot be read. */
export class YamlMistake extends Error {
  constructor(
    message: string,
    /** Line of the text, counted from zero. */
    readonly line = 0,
  ) {
    super(message);
  }
}

/** A schema in a CustomResourceDefinition has some 60 levels. */
const deepest = 500;
/** Values that a text may hold once its aliases are replaced; kubectl allows some 400,000, or few of aliases. */
const mostValues = 1_000_000;
/** Line breaks, commas and the like in one text: they decide on the memory. 5,000 Deployments have some 400,000. */
const mostMarks = 4_000_000;
/** Characters of a file that may be read again, because a value continues at the indentation of its key. */
const mostReadAgain = 4 * 1024 * 1024;

/** Reads the texts of one file. */
export class KubectlYaml {
  private readonly repeated: RepeatedKey[] = [];
  private readonly schema = kubectlSchema((key) => {
    this.repeated.push(key);
    return '';
  });
  private readAgain = mostReadAgain;

  /**
   * Reads one document as a rule; more where `...` ends one and no `---` starts the next.
   *
   * @throws YamlMistake
   */
  read(text: string): readonly YamlDocument[] {
    if (hasMoreMarksThan(mostMarks, text)) {
      throw new YamlMistake(`has more than some ${mostMarks} values. Give it in several documents`);
    }
    try {
      const { events, source } = this.parse(text);
      return events.length === 0 ? [] : this.documentsOf(events, source);
    } catch (error) {
      throw isYamlError(error) ? explain(error, text) : error;
    }
  }

  /**
   * What kubectl accepts beyond the standard is written into the text: a blank before the # of a comment, and blanks before a
   * line that continues a quoted text, or what is in brackets, at the indentation of its key.
   */
  private parse(text: string): { readonly events: Event[]; readonly source: string } {
    let source = text;
    for (;;) {
      try {
        return { events: parseEvents(source, { maxDepth: deepest }), source };
      } catch (error) {
        const mark = isYamlError(error) ? error.mark : undefined;
        const isShallow = isYamlError(error) && error.reason === 'deficient indentation';
        if (
          mark === undefined ||
          !(isShallow || source[mark.position] === '#') ||
          this.readAgain < source.length
        ) {
          throw error;
        }
        this.readAgain -= source.length;
        const at = isShallow ? mark.position - mark.column : mark.position;
        source = `${source.slice(0, at)}${' '.repeat(isShallow ? 8 : 1)}${source.slice(at)}`;
      }
    }
  }

  private documentsOf(events: Event[], source: string): readonly YamlDocument[] {
    const values = construct(events, source, this.schema);
    if (events.some(({ type }) => type === eventIds.ALIAS) && holdsMoreThan(mostValues, values)) {
      throw new YamlMistake(
        `has aliases that stand for more than ${mostValues} values. Write it without them`,
      );
    }
    const keys = this.repeated.splice(0);
    const repeated = keys.length === 0 ? undefined : { keys, line: lineOfRepetition(events, source) };
    const starts = startsOfDocuments(events);
    return values.map((value, index) => ({
      value,
      line: countLines(source.slice(0, starts[index])),
      repeated,
    }));
  }
}

export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}

function construct(events: Event[], source: string, schema: Schema): readonly unknown[] {
  return constructFromEvents(events, {
    source,
    schema,
    // Without it, a key that stands twice is an error.
    json: true,
    maxTotalMergeKeys: mostValues,
  });
}

/** The line of the first key that is repeated: only an error has a place. */
function lineOfRepetition(events: Event[], source: string): number {
  try {
    construct(
      events,
      source,
      kubectlSchema(() => 'repeated'),
    );
  } catch (error) {
    if (isYamlError(error)) {
      return error.mark?.line ?? 0;
    }
  }
  return 0;
}

function hasMoreMarksThan(most: number, text: string): boolean {
  let marks = 0;
  for (let at = 0; text.length > most && marks <= most && at < text.length; at += 1) {
    marks += '\n,:[{'.includes(text[at]!) ? 1 : 0;
  }
  return marks > most;
}

/** Whether values hold more than a number of values. Linear in that number, whatever refers to what. */
function holdsMoreThan(most: number, values: readonly unknown[]): boolean {
  const open: unknown[] = [...values];
  for (let count = 0; open.length > 0; count += 1) {
    const value = open.pop();
    if (count > most) {
      return true;
    }
    if (typeof value === 'object' && value !== null) {
      for (const child of Object.values(value)) {
        open.push(child);
      }
    }
  }
  return false;
}

/** Where the content of each document starts. */
function startsOfDocuments(events: readonly Event[]): readonly number[] {
  return events.flatMap(({ type }, index) => {
    const next = events[index + 1];
    return type !== eventIds.DOCUMENT || next === undefined
      ? []
      : ['start' in next ? next.start : 'valueStart' in next ? Math.max(next.valueStart, 0) : 0];
  });
}

/** A line that has, or a value that is, what Go templates and Jinja replace. */
const template = /^\s*(?:- +)*(?:[\w./-]+: +)?\{[{%]/u;

function explain({ reason, mark }: YAMLException, text: string): YamlMistake {
  const { line: at = 0, position = 0 } = mark ?? {};
  // A map that is a key has no place; where a line of a template is a map to YAML, the error is on the line after it.
  const from = position === 0 ? 0 : Math.max(0, at - 1);
  const to = position === 0 ? undefined : at + 1;
  const offset = text
    .split('\n')
    .slice(from, to)
    .findIndex((line) => template.test(line));
  if (offset >= 0) {
    return new YamlMistake(
      'holds {{ … }}, so it is a template. Render it first (helm template)',
      from + offset,
    );
  }
  return new YamlMistake(
    reason.startsWith('nesting') ? `is nested more than ${deepest} levels deep` : reason,
    at,
  );
}

function isYamlError(error: unknown): error is YAMLException {
  return error instanceof YAMLException;
}
