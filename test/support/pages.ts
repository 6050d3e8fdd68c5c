import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Root of the repository. */
export const root = path.join(__dirname, '..', '..');

/** The text of a file, by its path from the root. */
export function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Files of a folder and those below it, by their paths from the root. */
export function filesOf(folder: string, extension: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => path.join(folder, file))
    .toSorted();
}

/** Every page that people read. */
export const pages = ['README.md', 'CONTRIBUTING.md', ...filesOf('docs', '.md')];

/** The settings that a page gives with `-c`; undefined for a value that the reader or a shell fills in. */
export function settingsIn(text: string): ReadonlyArray<readonly [name: string, value: string | undefined]> {
  return [...text.matchAll(/-c ((?!name=value)\w+)=(\S*?)(?=[`\s,;)]|$)/gm)].map(([, name, value]) => [
    name!,
    /[$]|^[A-Z_]+$/.test(value!) ? undefined : value,
  ]);
}
