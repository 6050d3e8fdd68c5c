import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { furtherTests, goals, testsOf } from './rooms';

/** Fetched with npx, and no dependency: a fork's tests do not need it. */
const packages = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/jest-runner@9.6.1'];

/**
 * Runs Stryker on files of one room, with the tests of that room.
 *
 * @returns whether the tests notice as much as the goal of the room says.
 */
export function runStryker(root: string, room: string, files: readonly string[]): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'mutation-'));
  try {
    const config = path.join(folder, 'stryker.json');
    writeFileSync(config, JSON.stringify(strykerConfig(root, room, files, folder)));
    const { status } = spawnSync(
      'npx',
      ['--yes', ...packages.map((name) => `--package=${name}`), 'stryker', 'run', config],
      { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' },
    );
    return status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function strykerConfig(root: string, room: string, files: readonly string[], folder: string): object {
  const jest = JSON.parse(readFileSync(path.join(root, 'jest.config.json'), 'utf8')) as object;
  return {
    testRunner: 'jest',
    mutate: files,
    thresholds: { high: 95, low: 90, break: goals[room] ?? 0 },
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    // Stryker would read it with the compiler's API, which TypeScript 7 does not have.
    tsconfigFile: 'none.json',
    jest: {
      enableFindRelatedTests: false,
      config: {
        ...jest,
        maxWorkers: 1,
        testMatch: [`${testsOf(room)}/**/*.test.ts`, furtherTests[room] ?? []]
          .flat()
          .map((tests) => `<rootDir>/${tests}`),
        testPathIgnorePatterns: [String.raw`\.api-server\.test\.ts$`],
      },
    },
    // On a busy machine a test may be slow without a loop that does not end.
    timeoutMS: 60_000,
    tempDirName: path.join(folder, 'sandbox'),
    ignorePatterns: ['cdk.out', 'dist'],
    reporters: ['clear-text', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
    clearTextReporter: { allowColor: process.stdout.isTTY, reportTests: false },
  };
}
