import { formatCapacity } from '../../fargate/sizing/pod-size';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { paint, Progress, type Io } from '../terminal';
import type { Deployed } from './deployment';
import { StepFailure } from './step-failure';

/** Width of the names of steps. */
const nameWidth = 10;

/** What a rehearsal prints: a line for each step with its time, and what is wrong with one that does not hold. */
export class Report {
  constructor(private readonly io: Io) {}

  /** Prints a line as it is. */
  line(text: string): void {
    this.io.stdout.write(`${text}\n`);
  }

  /**
   * Does a step and prints its line.
   *
   * @param work gets what it may say on the way.
   * @param summary says what came of it, in some words.
   * @returns whether it holds.
   */
  async step(
    name: string,
    work: (progress: Progress) => Promise<Deployed>,
    summary: (deployed: Deployed) => string,
  ): Promise<boolean> {
    const start = performance.now();
    const progress = new Progress(this.io.stderr);
    try {
      const deployed = await work(progress);
      progress.end();
      this.done(name, start, summary(deployed));
      for (const warning of deployed.warnings) {
        this.line(`   ${paint(this.io.stdout, 'warning', 'warning')} ${warning.replace(/^Warning: /u, '')}`);
      }
      return true;
    } catch (error) {
      progress.end();
      if (!(error instanceof StepFailure)) {
        throw error;
      }
      this.done(name, start);
      error.lines.forEach((line) => this.line(`   ${line}`));
      return false;
    }
  }

  /**
   * Prints the line of a step.
   *
   * @param start when it began, by `performance.now()`.
   * @param summary what came of it; undefined where it does not hold.
   */
  done(name: string, start: number, summary?: string): void {
    const held = summary !== undefined;
    const mark = paint(this.io.stdout, held ? 'good' : 'error', held ? '✓' : '✗');
    const seconds = ((performance.now() - start) / 1_000).toFixed(1).padStart(5);
    this.line(`${mark} ${name.padEnd(nameWidth)} ${seconds} s  ${summary ?? ''}`.trimEnd());
  }
}

/** `12 created, 1 configured`: what kubectl did; `nothing to do` where no object changed. */
export function countsText({ counts }: Deployed): string {
  return [...counts].map(([verb, count]) => `${count} ${verb}`).join(', ') || 'nothing to do';
}

/** `4 pods (3 x 0.25vCPU 0.5GB, 1 x 0.25vCPU 1GB)`: how many pods of which predicted size a plan has at least. */
export function podsText(plan: FargatePlan): string {
  const sizes = new Map<string, number>();
  for (const { count, size } of plan.check().pods) {
    if (size !== undefined && count !== undefined && count.min > 0) {
      const capacity = formatCapacity(size);
      sizes.set(capacity, (sizes.get(capacity) ?? 0) + count.min);
    }
  }
  const total = [...sizes.values()].reduce((sum, count) => sum + count, 0);
  return `${total} pods (${[...sizes].map(([capacity, count]) => `${count} x ${capacity}`).join(', ')})`;
}
