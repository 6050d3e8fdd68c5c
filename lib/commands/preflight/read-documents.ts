/** From text to Kubernetes objects, document by document: what is wrong in one must not hide the others. */
import { splitJsonObjects } from './json-stream';
import { countLines, KubectlYaml, YamlMistake, type Repetition } from './kubectl-yaml';
import type { InputError } from './read-input';

/** A map with a kind, which a document holds. */
export interface PlacedObject {
  readonly value: unknown;
  /** Line of the file on which it starts, counted from one. */
  readonly line: number;
  /** Its lines are those of the file, counted from one. Undefined where no map of the document has a key twice. */
  readonly repeated: Repetition | undefined;
}

export interface Documents {
  readonly objects: readonly PlacedObject[];
  readonly errors: readonly InputError[];
}

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
  const reader = new KubectlYaml();
  for (const part of splitDocuments(text)) {
    progress(part.line - 1);
    try {
      for (const { value, line, repeated } of reader.read(part.text)) {
        // An empty document is none.
        if (value !== null && value !== undefined) {
          objects.push({
            value: accept(value, line),
            line: part.line + line,
            repeated: repeated && { ...repeated, line: part.line + repeated.line },
          });
        }
      }
    } catch (error) {
      if (!(error instanceof YamlMistake)) {
        throw error;
      }
      errors.push({ file, line: part.line + error.line, reason: error.message });
    }
  }
  return { objects, errors };
}

/** Part of a file. */
interface Part {
  readonly text: string;
  /** Line of the file on which it starts, counted from one. */
  readonly line: number;
}

/**
 * Cuts at each line that starts a document, as kubectl does before it reads YAML, and between JSON objects that follow each
 * other, which are documents to kubectl.
 */
function* splitDocuments(text: string): Generator<Part> {
  let line = 1;
  for (let from = 0, to; from < text.length; from = to) {
    to = text.indexOf('\n---', from) + 1 || text.length;
    const document = text.slice(from, to).replace(/^---[ \t]*(?:#.*)?(?=[\r\n]|$)/u, '');
    for (const part of splitJsonObjects(document)) {
      yield { text: part, line };
      line += countLines(part);
    }
  }
}

/** Only maps with a kind go on: of anything else the line is worth more than a finding. */
function accept(value: unknown, line: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const received = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    throw new YamlMistake(
      `the document is ${received}, not a Kubernetes object. Write a map with apiVersion, kind and metadata`,
      line,
    );
  }
  if (typeof (value as { readonly kind?: unknown }).kind !== 'string') {
    throw new YamlMistake(
      'the document has no kind, so it is not a Kubernetes object. Write apiVersion, kind and metadata',
      line,
    );
  }
  return value;
}
