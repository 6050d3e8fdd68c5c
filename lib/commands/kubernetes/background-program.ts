import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { CouldNotLook } from '../could-not-look';
import type { Variables } from '../program';

/** How much of what a program wrote last is kept, in characters. */
const keptCharacters = 4_000;
/** How long a program may take to end once it was asked to, in milliseconds. */
const graceMs = 5_000;

/** A program that runs beside this process until it is stopped. */
export class BackgroundProgram {
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private readonly kill = (): void => {
    this.child.kill('SIGKILL');
  };
  private written = '';

  /**
   * @param file the program, found in PATH where it has no folder.
   * @param env its environment variables; by default those of this process.
   */
  constructor(
    private readonly file: string,
    args: readonly string[],
    env: Variables = process.env,
  ) {
    this.child = spawn(file, args, {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      // A group of its own: Ctrl-C in a terminal ends all of the group, and cleaning up needs the program.
      detached: true,
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.written = (this.written + text).slice(-keptCharacters);
    });
    this.ended = new Promise((resolve) => {
      this.child
        .on('close', () => resolve())
        // It could not be started.
        .on('error', (error) => {
          this.written += `${error.message}\n`;
          resolve();
        });
    });
    // Whatever ends this process, an error included, ends the program.
    process.on('exit', this.kill);
  }

  /**
   * Waits until the program is ready.
   *
   * @param isReady asked again and again; an error counts as no.
   * @throws CouldNotLook with the last words of the program, if it ends or the time is over.
   */
  async untilReady(
    isReady: () => Promise<boolean>,
    { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!(await isReady().catch(() => false))) {
      if (this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined) {
        throw this.notReady('ended before it was ready');
      }
      if (performance.now() > deadline) {
        throw this.notReady(`was not ready after ${timeoutMs / 1_000} s`);
      }
      await setTimeout(50, undefined, { signal });
    }
  }

  private notReady(what: string): CouldNotLook {
    return new CouldNotLook(`${this.file} ${what}: ${this.lastLine}`, 'Run the program by hand to see why');
  }

  /** What it wrote last to standard error; empty for nothing. */
  get lastLine(): string {
    return this.written.trimEnd().split('\n').at(-1) ?? '';
  }

  /** Ends the program, and returns when it is gone. */
  async stop(): Promise<void> {
    process.off('exit', this.kill);
    this.child.kill('SIGTERM');
    const inTime = new AbortController();
    const late = setTimeout(graceMs, 'late', { signal: inTime.signal }).catch(() => 'in time');
    if ((await Promise.race([this.ended, late])) === 'late') {
      this.kill();
      await this.ended;
    }
    inTime.abort();
  }
}
