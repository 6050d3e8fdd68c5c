/** From text to Kubernetes objects, document by document: what is wrong in one must not hide the others. */
import type { Event, Schema, YAMLException } from 'js-yaml';
// Not import … from: under jiti that loads the ES modules of the library, which need three times as long.
import yaml = require('js-yaml');
import { splitJsonObjects } from './json-stream';
import { kubectlSchema, type RepeatedKey } from './kubectl-schema';
import type { InputError } from './read-input';

/** A map with a kind, which a document holds. */
export interface PlacedObject {
  readonly value: unknown;
  /** Line of the file on which it starts, counted from one. */
  readonly line: number;
  /** Undefined where no map of the document has a key twice. */
  readonly repeated: Repetition | undefined;
}

/** The keys that stand twice in one of the maps of a document. */
export interface Repetition {
  readonly keys: readonly RepeatedKey[];
  /** Line of the file on which the first key stands again. */
  readonly line: number;
}

export interface Documents {
  readonly objects: readonly PlacedObject[];
  readonly errors: readonly InputError[];
}

/** Part of a file. */
interface Chunk {
  readonly text: string;
  /** Line of the file on which it starts, counted from one. */
  readonly line: number;
}

/** What the chunks of a file have in common. */
interface Reader {
  readonly schema: Schema;
  /** The keys that the schema has seen twice since somebody took them away. */
  readonly repeated: RepeatedKey[];
  /** Characters that may still be read again. */
  readAgain: number;
}

/** A schema in a CustomResourceDefinition has some 60 levels. */
const deepest = 500;
/** Values that a document may hold once its aliases are replaced; kubectl allows some 400,000, or few of aliases. */
const mostValues = 1_000_000;
/** Characters of a file that may be read again, because a value continues at the indentation of its key. */
const mostReadAgain = 16 * 1024 * 1024;

/**
 * Reads all documents of a file.
 *
 * @param progress called with the number of lines before a document.
 */
export function readDocuments(
  file: string,
  text: string,
  progress: (lines: number) => void = () => {},
): Documents {
  const objects: PlacedObject[] = [];
  const errors: InputError[] = [];
  const repeated: RepeatedKey[] = [];
  const schema = kubectlSchema((key) => {
    repeated.push(key);
    return '';
  });
  const reader: Reader = { schema, repeated, readAgain: mostReadAgain };
  for (const chunk of splitDocuments(text)) {
    progress(chunk.line - 1);
    for (const part of splitObjects(chunk)) {
      try {
        for (const object of readChunk(part, reader)) {
          objects.push(object);
        }
      } catch (error) {
        errors.push({ file, ...explain(error, part) });
      }
    }
  }
  return { objects, errors };
}

/** Why a document cannot be read. */
class Unreadable extends Error {
  constructor(
    message: string,
    /** Line of the file. */
    readonly line: number,
  ) {
    super(message);
  }
}

/** Cuts at each line that starts a document, as kubectl does before it reads YAML. */
function* splitDocuments(text: string): Generator<Chunk> {
  let line = 1;
  for (let from = 0, to; from < text.length; from = to) {
    to = text.indexOf('\n---', from) + 1 || text.length;
    const document = text.slice(from, to);
    yield { text: document.replace(/^---[ \t]*(?:#.*)?(?=[\r\n]|$)/u, ''), line };
    line += countLines(document);
  }
}

/** kubectl reads JSON objects that follow each other as documents; YAML knows no such thing. */
function splitObjects({ text, line }: Chunk): readonly Chunk[] {
  let next = line;
  return splitJsonObjects(text).map((object) => {
    const part = { text: object, line: next };
    next += countLines(object);
    return part;
  });
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}

/** One document as a rule; more where `...` ends one and no `---` starts the next. */
function* readChunk(chunk: Chunk, reader: Reader): Generator<PlacedObject> {
  const { events, source } = parse(chunk, reader);
  if (events.length === 0) {
    return;
  }
  const values = construct(events, source, reader.schema);
  const keys = reader.repeated.splice(0);
  if (events.some(({ type }) => type === yaml.EVENT_ID.ALIAS) && holdsMoreThan(mostValues, values)) {
    throw new Unreadable(
      `has aliases that stand for more than ${mostValues} values. Write it without them`,
      chunk.line,
    );
  }
  const repeated =
    keys.length === 0 ? undefined : { keys, line: chunk.line + lineOfRepetition(events, source) };
  const starts = startsOfDocuments(events);
  for (const [index, value] of values.entries()) {
    if (value !== null && value !== undefined) {
      const line = chunk.line + countLines(source.slice(0, starts[index]));
      yield { value: accept(value, line), line, repeated };
    }
  }
}

/**
 * Parses YAML. What kubectl accepts beyond the standard is written into the text: a blank before the # of a comment, and blanks
 * before a line that continues a quoted text, or what is in brackets, at the indentation of its key.
 */
function parse({ text }: Chunk, reader: Reader): { readonly events: Event[]; readonly source: string } {
  let source = text;
  for (;;) {
    try {
      return { events: yaml.parseEvents(source, { maxDepth: deepest }), source };
    } catch (error) {
      const mark = isYamlError(error) ? error.mark : undefined;
      const isShallow = isYamlError(error) && error.reason === 'deficient indentation';
      if (
        mark === undefined ||
        !(isShallow || source[mark.position] === '#') ||
        reader.readAgain < source.length
      ) {
        throw error;
      }
      reader.readAgain -= source.length;
      const at = isShallow ? mark.position - mark.column : mark.position;
      source = `${source.slice(0, at)}${' '.repeat(isShallow ? 8 : 1)}${source.slice(at)}`;
    }
  }
}

function construct(events: Event[], source: string, schema: Schema): readonly unknown[] {
  return yaml.constructFromEvents(events, {
    source,
    schema,
    // Without it, a key that stands twice is an error.
    json: true,
    maxTotalMergeKeys: mostValues,
  });
}

/** The line of the first key that is repeated, counted from zero: only an error has a place. */
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
    return type !== yaml.EVENT_ID.DOCUMENT || next === undefined
      ? []
      : ['start' in next ? next.start : 'valueStart' in next ? Math.max(next.valueStart, 0) : 0];
  });
}

/** Only maps with a kind go on: of anything else the line is worth more than a finding. */
function accept(value: unknown, line: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const received = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    throw new Unreadable(
      `the document is ${received}, not a Kubernetes object. Write a map with apiVersion, kind and metadata`,
      line,
    );
  }
  if (typeof (value as { readonly kind?: unknown }).kind !== 'string') {
    throw new Unreadable(
      'the document has no kind, so it is not a Kubernetes object. Write apiVersion, kind and metadata',
      line,
    );
  }
  return value;
}

/** A line that has, or a value that is, what Go templates and Jinja replace. */
const template = /^\s*(?:- +)*(?:[\w./-]+: +)?\{[{%]/u;

function explain(error: unknown, { text, line }: Chunk): { readonly line: number; readonly reason: string } {
  if (error instanceof Unreadable) {
    return { line: error.line, reason: error.message };
  }
  if (!isYamlError(error) || error.mark === undefined) {
    throw error;
  }
  const { line: at, position } = error.mark;
  const lines = text.split('\n');
  // A map that is a key has no place; where a line of a template is a map to YAML, the error is on the line after it.
  const from = position === 0 ? 0 : Math.max(0, at - 1);
  const templateLine = lines.findIndex(
    (each, index) => index >= from && (position === 0 || index <= at) && template.test(each),
  );
  if (templateLine >= 0) {
    return {
      line: line + templateLine,
      reason: 'holds {{ … }}, so it is a template. Render it first (helm template)',
    };
  }
  const reason = error.reason.startsWith('nesting')
    ? `is nested more than ${deepest} levels deep`
    : error.reason;
  return { line: line + at, reason };
}

function isYamlError(error: unknown): error is YAMLException {
  return error instanceof yaml.YAMLException;
}
