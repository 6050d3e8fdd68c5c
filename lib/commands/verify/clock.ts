import { setTimeout as sleep } from 'node:timers/promises';

/** Time, as a command sees it: a test brings its own. */
export interface Clock {
  /** Milliseconds since some moment in the past. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Never runs backwards, as the time of day may. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms) => {
    await sleep(ms);
  },
};

/** Time that is left of a timeout. */
export class Deadline {
  private readonly start: number;

  constructor(
    private readonly clock: Clock,
    readonly timeoutMs: number,
  ) {
    this.start = clock.now();
  }

  /** Milliseconds; never less than zero. */
  get leftMs(): number {
    return Math.max(0, this.timeoutMs - (this.clock.now() - this.start));
  }

  /** `34s of 200s`. */
  get progress(): string {
    return `${toSeconds(this.timeoutMs - this.leftMs)}s of ${toSeconds(this.timeoutMs)}s`;
  }

  /** Waits for the interval, or for what is left if that is less. */
  async pause(intervalMs: number): Promise<void> {
    await this.clock.sleep(Math.min(intervalMs, this.leftMs));
  }
}

function toSeconds(ms: number): number {
  return Math.round(ms / 1_000);
}
