/** From text to Kubernetes objects, document by document: what is wrong in one must not hide the others. */
import {
  Composer,
  Lexer,
  Parser,
  type CST,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
  type Tags,
} from 'yaml';
import type { InputError } from './read-input';

export interface Documents {
  /** What each document holds: maps with a kind. */
  readonly objects: readonly unknown[];
  readonly errors: readonly InputError[];
}

interface Chunk {
  readonly text: string;
  /** Line of the file on which the text starts, counted from one. */
  readonly line: number;
}

/**
 * kubectl reads YAML 1.1, where an unquoted `yes` is a boolean: `fargate: yes` is no label, and has to be found.
 * Of its types it does not know dates, sexagesimal numbers (`12:30:45`) and the binary and set types.
 */
const NOT_IN_KUBECTL = new Set(
  ['timestamp', 'binary', 'omap', 'pairs', 'set'].map((name) => `tag:yaml.org,2002:${name}`),
);
const YAML: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  customTags: (tags): Tags =>
    tags.filter(
      (tag) =>
        typeof tag === 'string' ||
        (!NOT_IN_KUBECTL.has(tag.tag) && !('format' in tag && tag.format === 'TIME')),
    ),
  // Errors are worded here, in one line; and a pretty one costs a copy of the text.
  prettyErrors: false,
  logLevel: 'silent',
  uniqueKeys: true,
};
/** Enough for hand-written anchors; a chain of aliases that multiplies passes it at once. */
const MOST_ALIASES = 1000;
/** A schema in a CustomResourceDefinition has some 60 levels. */
const DEEPEST = 500;

class TooDeep extends Error {}

/**
 * Reads all documents of a file.
 *
 * @param progress is told how many characters are done
 */
export function readDocuments(
  file: string,
  text: string,
  progress: (done: number) => void = () => {},
): Documents {
  const objects: unknown[] = [];
  const errors: InputError[] = [];
  let done = 0;
  for (const chunk of splitDocuments(text)) {
    for (const result of readChunk(chunk)) {
      if ('reason' in result) {
        errors.push({ file, ...result });
      } else if (result.value !== null) {
        objects.push(result.value);
      }
    }
    done += chunk.text.length;
    progress(done);
  }
  if (objects.length === 0 && errors.length === 0) {
    errors.push({ file, line: undefined, reason: 'holds no Kubernetes object' });
  }
  return { objects, errors };
}

/**
 * Cuts at the lines that start a document. YAML allows `---` at the start of a line nowhere else, not even inside
 * a block of text.
 */
function splitDocuments(text: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  const starts = [...text.matchAll(/^---(?=\s|$)/gmu)].map(({ index }) => index);
  let line = 1;
  let from = 0;
  for (const to of [...starts, text.length]) {
    const part = text.slice(from, to);
    // Directives (%YAML) and comments before a document belong to it.
    if (to === text.length || !/^(?:[ \t\r]*(?:#.*|%.*)?(?:\n|$))*$/u.test(part)) {
      chunks.push({ text: part, line });
      line += countLines(part);
      from = to;
    }
  }
  return chunks;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}

type Reading = { readonly value: unknown } | { readonly line: number; readonly reason: string };

/** One document as a rule; more where `...` ends one and no `---` starts the next. */
function readChunk({ text, line }: Chunk): readonly Reading[] {
  try {
    const documents: Iterable<Document> = new Composer(YAML).compose(tokens(text), true, text.length);
    return [...documents].map((document): Reading => {
      const [error] = document.errors;
      if (error !== undefined) {
        return { line: lineOf(text, line, error.pos[0]), reason: firstSentence(error.message) };
      }
      const start = document.contents?.range?.[0] ?? 0;
      return accept(document, lineOf(text, line, start));
    });
  } catch (error) {
    return [{ line: firstContentLine(text, line), reason: explain(error) }];
  }
}

/**
 * The tokens of a text, as far as they are not nested too deeply. What composes them recurses, and where that
 * overflows the stack inside a regular expression, Node.js dies instead of throwing.
 */
function* tokens(text: string): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > DEEPEST) {
      throw new TooDeep();
    }
  }
  yield* parser.end();
}

function lineOf(text: string, firstLine: number, offset: number): number {
  return firstLine + countLines(text.slice(0, offset));
}

/** Only maps with a kind go on: of anything else the line is worth more than a finding. */
function accept(document: Document, line: number): Reading {
  const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
  if (value === null || value === undefined) {
    return { value: null };
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    const received = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    return {
      line,
      reason: `the document is ${received}, not a Kubernetes object. Write a map with apiVersion, kind and metadata`,
    };
  }
  return typeof (value as { readonly kind?: unknown }).kind === 'string'
    ? { value }
    : {
        line,
        reason:
          'the document has no kind, so it is not a Kubernetes object. Write apiVersion, kind and metadata',
      };
}

function firstContentLine(text: string, line: number): number {
  const blank = /^(?:---[ \t\r]*\n|[ \t\r]*(?:#.*|%.*)?\n)*/u.exec(text)?.[0] ?? '';
  return line + countLines(blank);
}

function firstSentence(message: string): string {
  return message.split('\n')[0]!.replace(/[.:]$/u, '');
}

function explain(error: unknown): string {
  if (error instanceof TooDeep) {
    return `is nested more than ${DEEPEST} levels deep`;
  }
  if (error instanceof ReferenceError && error.message.includes('alias count')) {
    return `its aliases expand beyond ${MOST_ALIASES} uses of one anchor. Write it without the anchors`;
  }
  return error instanceof Error ? firstSentence(error.message) : String(error);
}
