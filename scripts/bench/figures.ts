import type { Sample } from './command';
import type { Case } from './parts';

/** What the runs of one case say. */
export interface Figure {
  readonly part: string;
  readonly name: string;
  readonly validation: Case['validation'];
  readonly runs: number;
  /** Medians; see {@link Sample}. */
  readonly wall: number;
  readonly cpu: number;
  readonly rss: number;
  /** Wall-clock time of the fastest run: what the machine can do when nothing else runs on it. */
  readonly fastest: number;
  /** Name of the case it is compared with. */
  readonly floor?: string;
  /** Median over the floor's median, of wall-clock time. */
  readonly ratio?: number;
  /** What the ratio, or where there is no floor the seconds, should not exceed. */
  readonly target?: number;
}

/** The middle of a list, or the mean of the two. */
export function median(values: readonly number[]): number {
  if (values.length === 0) {
    throw new RangeError('no values, no median');
  }
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The figures of a part's cases. Each is compared with its floor, which ran in turn with it. */
export function figures(
  part: string,
  measured: ReadonlyArray<{ readonly of: Case; readonly samples: readonly Sample[] }>,
): Figure[] {
  const wall = new Map(measured.map(({ of, samples }) => [of.name, median(samples.map((run) => run.wall))]));
  return measured.map(({ of, samples }) => {
    const floor = of.floor === undefined ? undefined : wall.get(of.floor);
    return {
      part,
      name: of.name,
      validation: of.validation,
      runs: samples.length,
      wall: wall.get(of.name)!,
      cpu: median(samples.map(({ cpu }) => cpu)),
      rss: median(samples.map(({ rss }) => rss)),
      fastest: Math.min(...samples.map((run) => run.wall)),
      floor: of.floor,
      ratio: floor === undefined ? undefined : wall.get(of.name)! / floor,
      target: of.target,
    };
  });
}

/** Whether a figure keeps to its target; undefined where it has none. */
export function keepsTarget({ ratio, wall, target }: Figure): boolean | undefined {
  return target === undefined ? undefined : (ratio ?? wall) <= target;
}
