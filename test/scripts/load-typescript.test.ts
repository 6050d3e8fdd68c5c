import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const loader = path.join(__dirname, '..', '..', 'scripts', 'load-typescript.cjs');
const directory = mkdtempSync(path.join(tmpdir(), 'load-typescript-'));
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, ...lines: readonly string[]): string {
  const file = path.join(directory, name);
  writeFileSync(file, lines.join('\n'));
  return file;
}

function run(file: string): { readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, ['--require', loader, file], { encoding: 'utf8' });
}

test('runs TypeScript that requires TypeScript, as it is now and not as it was kept', () => {
  const main = write(
    'main.ts',
    "import { word } from './word';",
    'const said: string = word;',
    'console.log(said);',
  );
  write('word.ts', "export const word = 'first' as const;");
  expect(run(main).stdout).toBe('first\n');
  write('word.ts', "export const word = 'second' as const;");
  expect(run(main).stdout).toBe('second\n');
});

test('a stack trace names the line of the TypeScript, when it was kept too', () => {
  const file = write(
    'fails.ts',
    'interface Gone {',
    '  readonly line: number;',
    '}',
    '',
    "throw new Error('here');",
  );
  expect(run(file).stderr).toContain(`at Object.<anonymous> (${file}:5:7)`);
  expect(run(file).stderr).toContain(`at Object.<anonymous> (${file}:5:7)`);
});
