import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../terminal';

/** Time in milliseconds, since some moment in the past: a test brings its own. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Never runs backwards, as the time of day may. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

/** A time limit, and who hears of the waiting. */
export class Deadline {
  private readonly start: number;

  /**
   * @param timeoutMs milliseconds; 0 looks once.
   * @param signal ends the waiting.
   */
  constructor(
    private readonly clock: Clock,
    private readonly timeoutMs: number,
    private readonly progress: Progress,
    private readonly signal: AbortSignal,
  ) {
    this.start = clock.now();
  }

  /**
   * Looks again and again, until there is nothing to wait for or the time is up.
   *
   * @param look looks once.
   * @param obstacle what time may still change in what was seen; undefined for nothing.
   * @returns what was seen last.
   */
  async until<T>(
    look: () => Promise<T>,
    obstacle: (seen: T) => string | undefined,
    intervalMs: number,
  ): Promise<T> {
    for (;;) {
      const seen = await look();
      const waitingFor = obstacle(seen);
      const passedMs = this.clock.now() - this.start;
      if (waitingFor === undefined || passedMs >= this.timeoutMs) {
        this.progress.end();
        return seen;
      }
      this.progress.show(`waiting for ${waitingFor}`, `${seconds(passedMs)} of ${seconds(this.timeoutMs)}`);
      await this.clock.sleep(Math.min(intervalMs, this.timeoutMs - passedMs), this.signal);
    }
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)}s`;
}
