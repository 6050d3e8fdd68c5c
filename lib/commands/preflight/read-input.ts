/** From a file, or standard input, to text. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { printable } from '../../fargate/manifest/field';

/** A file that cannot be read, or a part of it. */
export interface InputError {
  /** As given on the command line; `standard input` for `-`. */
  readonly file: string;
  /** Line of the file, counted from one; undefined when no line of it could be read. */
  readonly line: number | undefined;
  readonly reason: string;
}

/**
 * The most one input may hold. 5,000 pods have some 5 MiB; the limit bounds the memory that an endless
 * or mistaken input takes.
 */
const mostInputMib = 32;

/** What an input is called in messages. */
export function inputName(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/** `file:line: reason`, or `file: reason`. */
export function formatInputError({ file, line, reason }: InputError): string {
  return printable(line === undefined ? `${file}: ${reason}` : `${file}:${line}: ${reason}`);
}

/** Reads a whole input as text. */
export async function readInput(
  file: string,
): Promise<{ readonly text: string } | { readonly error: InputError }> {
  const fail = (reason: string, line?: number) => ({ error: { file: inputName(file), line, reason } });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > mostInputMib * 1024 * 1024) {
        return fail(`is larger than ${mostInputMib} MiB. Give its manifests in smaller files`);
      }
    }
  } catch (error) {
    return fail(explain(file, error as NodeJS.ErrnoException));
  }
  const bytes = Buffer.concat(chunks);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    return fail('is compressed with gzip. Give what gunzip makes of it');
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    return fail('holds a NUL byte, so it is not text. Give YAML or JSON in UTF-8', lineAt(bytes, nul));
  }
  if (!isUtf8(bytes)) {
    return fail('is not UTF-8. Save the file as UTF-8', firstBadLine(bytes));
  }
  // YAML and JSON readers alike stumble over the mark that some editors put first.
  return { text: bytes.toString('utf8').replace(/^\uFEFF/u, '') };
}

function explain(file: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return /^https?:/u.test(file)
        ? 'is a URL, which is not fetched. Give what curl makes of it'
        : 'no such file';
    case 'EACCES':
      return 'may not be read by this user';
    default:
      return message;
  }
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) {
    line += 1;
  }
  return line;
}

function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(10, start);
    if (!isUtf8(bytes.subarray(start, end < 0 ? bytes.length : end))) {
      return line;
    }
    start = end < 0 ? bytes.length : end + 1;
  }
  return line;
}
