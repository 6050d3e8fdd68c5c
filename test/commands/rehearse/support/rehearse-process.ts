import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { typeScriptRunner } from '../../../../scripts/typescript-runner';
import { root } from '../../../support/pages';

/** How a run of `npm run rehearse` ended. */
export interface Rehearsed {
  readonly status: unknown;
  readonly stdout: string;
  readonly stderr: string;
  /** Processes and files that it left on this machine. */
  readonly left: readonly string[];
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** @default the repository */
  readonly cwd?: string;
  /** Words on standard output after which the user presses Ctrl-C. */
  readonly interruptAfter?: string;
}

/** Runs the command in a process of its own, as a shell does but for npm. */
export async function runRehearse(
  args: readonly string[],
  { env = {}, cwd = root, interruptAfter }: RunOptions = {},
): Promise<Rehearsed> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'scratch-'));
  const child = spawn(process.execPath, [typeScriptRunner, 'bin/rehearse.ts', ...args], {
    cwd,
    env: { ...process.env, ...env, TMPDIR: scratch },
    // A terminal sends Ctrl-C to the whole group.
    detached: true,
  });
  const written = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = written.stdout;
    written.stdout += text;
    if (
      interruptAfter !== undefined &&
      !before.includes(interruptAfter) &&
      written.stdout.includes(interruptAfter)
    ) {
      process.kill(-child.pid!, 'SIGINT');
    }
  });
  const [status] = await once(child, 'close');
  const { stdout: processes } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  const left = [...processes.split('\n').filter((line) => line.includes(scratch)), ...readdirSync(scratch)];
  rmSync(scratch, { recursive: true });
  return { status, ...written, left };
}
