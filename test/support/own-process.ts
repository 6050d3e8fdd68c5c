import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { typeScriptRunner } from '../../scripts/typescript-runner';
import { root } from './pages';

/** How a command ended. */
export interface Ended {
  readonly status: unknown;
  readonly stdout: string;
  readonly stderr: string;
  /** Processes and files that it left on this machine. */
  readonly left: readonly string[];
}

export interface OwnProcess {
  /** File of bin/. */
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** @default the repository */
  readonly cwd?: string;
  /** Asked again and again, given its standard output: whether to end it now. */
  readonly interruptWhen?: (stdout: string) => boolean;
  /** @default Ctrl-C, which a terminal sends to the whole group */
  readonly interrupt?: (pid: number) => void;
}

/** Runs a command in a process of its own, as a shell does but for npm. */
export async function runInOwnProcess({
  file,
  args,
  env = {},
  cwd = root,
  interruptWhen = () => false,
  interrupt = (pid) => process.kill(-pid, 'SIGINT'),
}: OwnProcess): Promise<Ended> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'scratch-'));
  const child = spawn(process.execPath, [typeScriptRunner, path.join('bin', file), ...args], {
    cwd,
    env: { ...process.env, ...env, TMPDIR: scratch },
    detached: true,
  });
  const written = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  const timer = setInterval(() => {
    if (interruptWhen(written.stdout)) {
      clearInterval(timer);
      interrupt(child.pid!);
    }
  }, 20);
  const [status] = await once(child, 'close');
  clearInterval(timer);
  const { stdout: processes } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  const left = [...processes.split('\n').filter((line) => line.includes(scratch)), ...readdirSync(scratch)];
  rmSync(scratch, { recursive: true });
  return { status, ...written, left };
}
