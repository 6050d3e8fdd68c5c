import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** A command line to measure. */
export interface Command {
  /** Arguments of Node.js: no npx, which costs most of a second. */
  readonly args: readonly string[];
  /** Environment besides that of the benchmark. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What one run of a command took. */
export interface Sample {
  /** Seconds from start to end. */
  readonly wall: number;
  /** Seconds of processor time, user and system, of all its Node.js processes. */
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
export async function measure({ args, env }: Command, scratch: string): Promise<Sample> {
  const report = path.join(scratch, 'probe.jsonl');
  rmSync(report, { force: true });
  const started = process.hrtime.bigint();
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
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(status)}:\n${output}`);
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
