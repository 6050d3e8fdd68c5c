/** From what is given after -f to the files to read, as kubectl has it: a folder stands for the manifests in it. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { InputError } from './read-input';

/** A file to read. */
export interface InputFile {
  /** As given, or below the folder that was given; `-` for standard input. */
  readonly file: string;
  /** Whether it was found in a folder. */
  readonly found: boolean;
}

/** The endings that kubectl looks for in a folder. */
const endings = new Set(['.json', '.yaml', '.yml']);

/**
 * Lists the files.
 *
 * @param recursive whether to look into the folders of a folder.
 */
export function listFiles(
  given: readonly string[],
  recursive: boolean,
): { readonly files: readonly InputFile[]; readonly errors: readonly InputError[] } {
  const files: InputFile[] = [];
  const errors: InputError[] = [];
  for (const file of given) {
    if (file === '-' || statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) {
      files.push({ file, found: false });
      continue;
    }
    const found = manifestsIn(file, recursive);
    // Not with spread arguments: a folder may have more files than a call takes arguments.
    for (const each of found) {
      files.push({ file: each, found: true });
    }
    if (found.length === 0) {
      const advice = recursive ? '' : '. Give -R to look into its folders';
      errors.push({ file, line: undefined, reason: `has no .json, .yaml or .yml file${advice}` });
    }
  }
  return { files, errors };
}

function manifestsIn(folder: string, recursive: boolean): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        return recursive ? manifestsIn(file, recursive) : [];
      }
      return endings.has(path.extname(entry.name)) ? [file] : [];
    });
}
