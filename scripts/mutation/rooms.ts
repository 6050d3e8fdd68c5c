import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** Percentage of the changes that the tests of a room have to notice. Of other rooms it is only shown. */
export const goals: Readonly<Record<string, number>> = {
  'lib/fargate': 95,
  'lib/config': 90,
  'lib/synthesis': 90,
  'lib/commands/verify': 90,
};

/** The folder of tests that mirrors a room: `test/config` for `lib/config`. */
export function testsOf(room: string): string {
  return room.replace(/^lib\b/, 'test');
}

/** Tests of other folders that judge files of a room. */
export const furtherTests: Readonly<Record<string, string>> = {
  'lib/config': 'test/demo/checkout-settings.test.ts',
  'lib/commands/cluster': 'test/commands/verify/**/*.test.ts',
};

/** Files to change, by room: `lib/config`, or `lib/commands/verify` below the commands. */
export interface Rooms {
  /** Patterns of files. */
  readonly rooms: ReadonlyMap<string, readonly string[]>;
  /** What is in no room with tests, or is not there. */
  readonly unknown: readonly string[];
}

/** @param given files and folders, relative to the root. */
export function groupByRoom(root: string, given: readonly string[]): Rooms {
  const rooms = new Map<string, string[]>();
  const unknown: string[] = [];
  for (const file of given.map((text) => path.posix.normalize(text).replace(/\/$/, ''))) {
    const [room] = /^lib\/(commands\/)?[\w-]+(?=\/|$)/.exec(file) ?? [];
    if (
      room === undefined ||
      room === 'lib/commands' ||
      !existsSync(path.join(root, file)) ||
      !existsSync(path.join(root, testsOf(room)))
    ) {
      unknown.push(file);
    } else {
      const pattern = statSync(path.join(root, file)).isDirectory() ? `${file}/**/*.ts` : file;
      rooms.set(room, [...(rooms.get(room) ?? []), pattern]);
    }
  }
  return { rooms, unknown };
}
