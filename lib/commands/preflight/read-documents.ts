/** From text to Kubernetes objects, document by document: what is wrong in one must not hide the others. */
import {
  Composer,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  type CST,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
  type Tags,
} from 'yaml';
import { startsOfJsonObjects } from './json-stream';
import type { InputError } from './read-input';

/** A map with a kind, which a document holds. */
export interface PlacedObject {
  readonly value: unknown;
  /** Line of the file on which it starts, counted from one. */
  readonly line: number;
}

export interface Documents {
  readonly objects: readonly PlacedObject[];
  readonly errors: readonly InputError[];
}

interface Chunk {
  readonly text: string;
  /** Line of the file on which the text starts, counted from one. */
  readonly line: number;
  /** Line of the file on which its content starts. */
  readonly contentLine: number;
}

/**
 * kubectl reads YAML 1.1, where an unquoted `yes` is a boolean: `fargate: yes` is no label, and has to be found.
 * Of its types it does not know dates, sexagesimal numbers (`12:30:45`) and the binary and set types.
 */
const notInKubectl = new Set(
  ['timestamp', 'binary', 'omap', 'pairs', 'set'].map((name) => `tag:yaml.org,2002:${name}`),
);
const yamlOptions: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  customTags: (tags): Tags =>
    tags.filter(
      (tag) =>
        typeof tag === 'string' ||
        (!notInKubectl.has(tag.tag) && !('format' in tag && tag.format === 'TIME')),
    ),
  // Errors are worded here, in one line; and a pretty one costs a copy of the text.
  prettyErrors: false,
  logLevel: 'silent',
  // Compares each key of a map with each; findRepeatedKey looks them up.
  uniqueKeys: false,
};
/** Enough for hand-written anchors. Each alias costs a walk through its document, and a chain of them multiplies. */
const mostAliases = 1000;
/** Tokens of one document, some five times those of a List of 5,000 Deployments; their number decides on the memory. */
const mostTokens = 8_000_000;
/** A schema in a CustomResourceDefinition has some 60 levels. */
const deepest = 500;

/** Merges maps, and may stand several times. */
const mergeKey = '<<';

/** What a text may not be, for the sake of time, memory and stack. */
class TooMuch extends Error {}

const tooManyAliases = `has more than ${mostAliases} aliases, or they expand to more. Write it without the anchors`;
/** The lexer writes this before the text of a scalar, which may look like anything. */
const scalarFollows = '\u001F';

/**
 * Reads all documents of a file.
 *
 * @param progress is told how many documents are done, and of how many
 */
export function readDocuments(
  file: string,
  text: string,
  progress: (done: number, total: number) => void = () => {},
): Documents {
  const objects: PlacedObject[] = [];
  const errors: InputError[] = [];
  const chunks = splitDocuments(text).flatMap(splitObjects);
  for (const [index, chunk] of chunks.entries()) {
    for (const result of readChunk(chunk)) {
      if ('reason' in result) {
        errors.push({ file, ...result });
      } else if (result.value !== null) {
        objects.push(result);
      }
    }
    progress(index + 1, chunks.length);
  }
  if (objects.length === 0 && errors.length === 0) {
    errors.push({ file, line: undefined, reason: 'holds no Kubernetes object' });
  }
  return { objects, errors };
}

/**
 * Cuts at the lines that start a document, leaving out documents without content. YAML allows `---` at the start of
 * a line nowhere else, not even inside a block of text.
 */
function splitDocuments(text: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let chunk = { from: 0, line: 1, contentFrom: 0, contentLine: 0, directives: false };
  const close = (to: number): void => {
    if (chunk.contentLine > 0) {
      // Without directives a document means the same from its content on: comments and blanks need no parsing.
      const { from, line, contentFrom, contentLine } = chunk;
      chunks.push(
        chunk.directives
          ? { text: text.slice(from, to), line, contentLine }
          : { text: text.slice(contentFrom, to), line: contentLine, contentLine },
      );
    }
  };
  let line = 1;
  for (let from = 0; from < text.length; line += 1) {
    const newline = text.indexOf('\n', from);
    const to = newline < 0 ? text.length : newline;
    const marker = isMarker(text, from);
    // Directives (%YAML) stand before the line that starts their document.
    if (marker && !(chunk.directives && chunk.contentLine === 0)) {
      close(from);
      chunk = { from, line, contentFrom: 0, contentLine: 0, directives: false };
    }
    if (text[from] === '%' && chunk.contentLine === 0) {
      chunk.directives = true;
    } else if (chunk.contentLine === 0 && hasContent(text, marker ? from + 3 : from, to)) {
      chunk.contentFrom = from;
      chunk.contentLine = line;
    }
    from = to + 1;
  }
  close(text.length);
  return chunks;
}

/** kubectl reads JSON objects that follow each other as documents; YAML knows no such thing. */
function splitObjects(chunk: Chunk): readonly Chunk[] {
  const starts = startsOfJsonObjects(chunk.text);
  let { line } = chunk;
  return starts.map((start, index) => {
    const text = chunk.text.slice(start, starts[index + 1]);
    const part = index === 0 ? { ...chunk, text } : { text, line, contentLine: line };
    line += countLines(text);
    return part;
  });
}

function isMarker(text: string, at: number): boolean {
  return text.startsWith('---', at) && (at + 3 === text.length || ' \t\r\n'.includes(text[at + 3]!));
}

/** Whether a line has more than blanks and a comment. */
function hasContent(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && ' \t\r'.includes(text[at]!)) {
    at += 1;
  }
  return at < to && text[at] !== '#' && !text.startsWith('...', at);
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}

type Reading = PlacedObject | { readonly line: number; readonly reason: string };

/** One document as a rule; more where `...` ends one and no `---` starts the next. */
function readChunk({ text, line, contentLine }: Chunk): readonly Reading[] {
  try {
    const documents: Iterable<Document> = new Composer(yamlOptions).compose(tokens(text), true, text.length);
    return [...documents].map((document): Reading => {
      const [error] = document.errors;
      if (error !== undefined) {
        return { line: lineOf(text, line, error.pos[0]), reason: firstSentence(error.message) };
      }
      const repeated = findRepeatedKey(document.contents);
      if (repeated !== undefined) {
        const { key, offset } = repeated;
        return { line: lineOf(text, line, offset), reason: `the key ${JSON.stringify(key)} is there twice` };
      }
      const start = document.contents?.range?.[0] ?? 0;
      return accept(document, lineOf(text, line, start));
    });
  } catch (error) {
    return [{ line: contentLine, reason: explain(error) }];
  }
}

/**
 * The tokens of a text, as far as they are not nested too deeply. What composes them recurses, and where that
 * overflows the stack inside a regular expression, Node.js dies instead of throwing.
 */
function* tokens(text: string): Generator<CST.Token> {
  const parser = new Parser();
  let aliases = 0;
  let count = 0;
  let previous = '';
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > deepest) {
      throw new TooMuch(`is nested more than ${deepest} levels deep`);
    }
    aliases += lexeme.startsWith('*') && previous !== scalarFollows ? 1 : 0;
    if (aliases > mostAliases) {
      throw new TooMuch(tooManyAliases);
    }
    previous = lexeme;
    count += 1;
    if (count > mostTokens) {
      throw new TooMuch(`has more than ${mostTokens} tokens. Give its objects in several documents`);
    }
  }
  yield* parser.end();
}

/** The first key that a map has twice: which of its values holds is anybody's guess. */
function findRepeatedKey(node: unknown): { readonly key: string; readonly offset: number } | undefined {
  if (isSeq(node)) {
    return firstDefined(node.items, findRepeatedKey);
  }
  if (!isMap(node)) {
    return undefined;
  }
  const seen = new Set<unknown>();
  return firstDefined(node.items, ({ key, value }) => {
    if (isScalar(key) && key.value !== mergeKey) {
      if (seen.has(key.value)) {
        return { key: String(key.value), offset: key.range?.[0] ?? 0 };
      }
      seen.add(key.value);
    }
    return findRepeatedKey(value);
  });
}

function firstDefined<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function lineOf(text: string, firstLine: number, offset: number): number {
  return firstLine + countLines(text.slice(0, offset));
}

/** Only maps with a kind go on: of anything else the line is worth more than a finding. */
function accept(document: Document, line: number): Reading {
  const value: unknown = document.toJS({ maxAliasCount: mostAliases });
  if (value === null || value === undefined) {
    return { value: null, line };
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    const received = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    return {
      line,
      reason: `the document is ${received}, not a Kubernetes object. Write a map with apiVersion, kind and metadata`,
    };
  }
  return typeof (value as { readonly kind?: unknown }).kind === 'string'
    ? { value, line }
    : {
        line,
        reason:
          'the document has no kind, so it is not a Kubernetes object. Write apiVersion, kind and metadata',
      };
}

function firstSentence(message: string): string {
  return message.split('\n')[0]!.replace(/[.:]$/u, '');
}

function explain(error: unknown): string {
  if (error instanceof TooMuch) {
    return error.message;
  }
  if (error instanceof ReferenceError && error.message.includes('alias count')) {
    return tooManyAliases;
  }
  return error instanceof Error ? firstSentence(error.message) : String(error);
}
