/** Microseconds of processor time that a run takes: what else the machine does is not in it. */
function cost(run: () => unknown): number {
  let used = 0;
  let runs = 0;
  const start = process.cpuUsage();
  // One short run is too little to measure.
  while (used < 20_000) {
    run();
    runs += 1;
    const { user, system } = process.cpuUsage(start);
    used = user + system;
  }
  return used / runs;
}

/**
 * How many times the work grows when its input grows eightfold: some 8 where it is linear, 64 where it is quadratic.
 * The least of three, because a collection of garbage may meet any of them.
 */
export function growth(work: (size: number) => unknown, size: number): number {
  const measure = (of: number) => Math.min(...[1, 2, 3].map(() => cost(() => work(of))));
  measure(size);
  return measure(8 * size) / measure(size);
}

/** Between 8 and 64, in the middle as ratios go. */
export const linear = 22;
