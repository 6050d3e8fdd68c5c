import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Variables } from '../../program';

/** What a run of kubectl came to. */
export interface KubectlResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export interface KubectlOptions {
  /** Written to its standard input. */
  readonly input?: string;
  /** After this time it is ended, in milliseconds. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** kubectl, for one cluster. */
export class Kubectl {
  /**
   * @param file the program.
   * @param clusterArgs the options that choose the cluster.
   * @param env its environment variables.
   */
  constructor(
    readonly file: string,
    readonly clusterArgs: readonly string[],
    readonly env: Variables,
  ) {}

  /**
   * Runs kubectl.
   *
   * @throws Error if it cannot be started; that it fails is in the result.
   */
  async run(
    args: readonly string[],
    { input = '', timeoutMs = 60_000, signal }: KubectlOptions = {},
  ): Promise<KubectlResult> {
    const timeout = AbortSignal.timeout(timeoutMs);
    // A group of its own: an interrupted rehearsal cleans up with kubectl.
    const child = spawn(this.file, [...this.clusterArgs, ...args], {
      detached: true,
      env: this.env,
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', resolve);
    });
    const stop = AbortSignal.any([timeout, ...(signal ? [signal] : [])]);
    const kill = (): void => {
      child.kill();
    };
    stop.addEventListener('abort', kill, { once: true });
    // It may end before it has read all.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    stop.removeEventListener('abort', kill);
    signal?.throwIfAborted();
    return {
      ok: status === 0,
      stdout,
      stderr: timeout.aborted
        ? `${stderr}kubectl ${args[0]} was not done after ${timeoutMs / 1_000} s\n`
        : stderr,
    };
  }
}
