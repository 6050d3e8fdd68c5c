import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

/** A command line to measure. */
export interface Command {
  /** Arguments of Node.js: no npx, which costs most of a second. */
  readonly args: readonly string[];
  /** Environment variables in addition to those of the benchmark. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * For a command that keeps running and repeats its work when a file is saved: the time from there counts.
   *
   * @default - the time from start to end
   */
  readonly afterSave?: AfterSave;
}

/** What is saved, and how to tell that the command has answered. */
export interface AfterSave {
  /** What is saved, unchanged, by its path from the root of the repository. */
  readonly file: string;
  /** What the command writes to its standard output whenever its work is done, the first time without a save. */
  readonly done: string;
}

/** What one run of a command took. */
export interface Sample {
  /** Seconds from start to end. */
  readonly wall: number;
  /** Seconds of processor time, user and system, of all its Node.js processes that ended. */
  readonly cpu: number;
  /** The most memory that one of them held, in MiB. */
  readonly rss: number;
}

/** The repository: where commands run. */
export const root = path.join(__dirname, '..', '..');

/**
 * Runs a command once.
 *
 * @param scratch a directory for the benchmark's own files.
 * @throws if the command fails, with what it wrote: a failure is fast, and would be taken for a good figure.
 */
export async function measure(command: Command, scratch: string): Promise<Sample> {
  const report = path.join(scratch, 'probe.jsonl');
  rmSync(report, { force: true });
  const wall = await (command.afterSave === undefined
    ? secondsToEnd(command, report)
    : secondsAfterSave(command, command.afterSave, report));
  const processes = readFileSync(report, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly cpu: number; readonly rss: number });
  return {
    wall,
    cpu: processes.reduce((sum, { cpu }) => sum + cpu, 0),
    rss: Math.max(...processes.map(({ rss }) => rss)),
  };
}

async function secondsToEnd(command: Command, report: string): Promise<number> {
  const seconds = stopwatch();
  const { child, failure } = start(command, report);
  const [status] = await once(child, 'close');
  if (status !== 0) {
    throw failure(`ended with ${status}`);
  }
  return seconds();
}

async function secondsAfterSave(
  command: Command,
  { file, done }: AfterSave,
  report: string,
): Promise<number> {
  const { child, failure } = start(command, report);
  const ended = once(child, 'close').then(([status]) => failure(`ended with ${status}`));
  /** Waits for `done`, from now on. */
  const isDone = async () => {
    const written = new Promise<undefined>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.includes(done)) {
          resolve(undefined);
        }
      });
    });
    const tooLong = setTimeout(60_000, failure(`did not write "${done}" within a minute`), { ref: false });
    const failed = await Promise.race([written, ended, tooLong]);
    if (failed) {
      throw failed;
    }
  };
  try {
    await isDone();
    // What the processes of the first time used is not asked for.
    rmSync(report, { force: true });
    const seconds = stopwatch();
    const again = isDone();
    const now = new Date();
    utimesSync(path.join(root, file), now, now);
    await again;
    return seconds();
  } finally {
    child.kill();
    await ended;
  }
}

interface Started {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** What to throw where it did not do what it should, with the end of what it wrote. */
  readonly failure: (what: string) => Error;
}

function start({ args, env }: Command, report: string): Started {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      ...env,
      BENCH_PROBE: report,
      NODE_OPTIONS: `--require "${path.join(__dirname, 'probe.cjs')}"`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => (output = `${output}${chunk.toString()}`.slice(-4000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return { child, failure: (what) => new Error(`node ${args.join(' ')} ${what}:\n${output}`) };
}

/** @returns a function that tells the seconds since now. */
function stopwatch(): () => number {
  const started = process.hrtime.bigint();
  return () => Number(process.hrtime.bigint() - started) / 1e9;
}
