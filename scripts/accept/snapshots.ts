import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What an update of the snapshots did. */
export interface SnapshotUpdate {
  /** Files of snapshots that changed, by their paths from the root. */
  readonly changed: readonly string[];
  /** What Jest printed, where a test fails for another reason than its snapshot. */
  readonly failure: string | undefined;
}

/** Runs the tests that have snapshots, and accepts what they see. */
export function updateSnapshots(root: string): SnapshotUpdate {
  const test = path.join(root, 'test');
  const files = readdirSync(test, { recursive: true, encoding: 'utf8' }).map((file) => path.join(test, file));
  const withSnapshots = files.filter(
    (file) => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes('.toMatchSnapshot('),
  );
  const read = () =>
    new Map(
      readdirSync(test, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.snap'))
        .map((file) => [path.join('test', file), readFileSync(path.join(test, file), 'utf8')]),
    );
  const before = read();
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      require.resolve('jest/bin/jest'),
      '--ci=false',
      '--update-snapshot',
      '--runTestsByPath',
      ...withSnapshots,
    ],
    { cwd: root, encoding: 'utf8' },
  );
  const after = read();
  return {
    changed: [...new Set([...before.keys(), ...after.keys()])].filter(
      (file) => before.get(file) !== after.get(file),
    ),
    failure: status === 0 ? undefined : stderr,
  };
}
