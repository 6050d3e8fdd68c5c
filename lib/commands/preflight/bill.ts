/** What pods cost together: a range where an autoscaler decides how many there are. */
import type { FixedCost, PricedPod, Run } from './report';

/** USD an hour, at least and at most. */
export interface Cost {
  readonly min: number;
  readonly max: number;
}

/** USD an hour for all pods of a row; undefined where it has no price, or its number is unknown. */
export function rowCost({ count, usdPerHour }: PricedPod): Cost | undefined {
  return count && usdPerHour !== undefined
    ? { min: count.min * usdPerHour, max: count.max * usdPerHour }
    : undefined;
}

/** Pods that run all the time. */
export function steadyPods({ pods }: Run): readonly PricedPod[] {
  return pods.filter(({ run }) => run === undefined);
}

/** Pods that run and end: those of Jobs, CronJobs and Helm hooks. */
export function endingPods({ pods }: Run): readonly PricedPod[] {
  return pods.filter(({ run }) => run !== undefined);
}

/** USD an hour for all pods that run all the time, as far as they have a price; undefined when none has. */
export function runCost(run: Run): Cost | undefined {
  const costs = steadyPods(run).map(rowCost);
  return costs.every((cost) => cost === undefined) ? undefined : sum(costs);
}

/** The pods that run all the time, at least and at most. */
export function podCount(run: Run): Cost {
  return sum(steadyPods(run).map(({ count }) => count));
}

/** USD an hour for all that is billed whatever the pods do; undefined where a part of it has no price. */
export function fixedCost(fixedCosts: readonly FixedCost[]): Cost | undefined {
  return fixedCosts.some(({ usdPerHour }) => usdPerHour === undefined)
    ? undefined
    : sum(fixedCosts.map(({ usdPerHour = 0 }) => ({ min: usdPerHour, max: usdPerHour })));
}

/** Both; undefined where one has no price. */
export function totalCost(run: Run, fixedCosts: readonly FixedCost[]): Cost | undefined {
  const parts = [runCost(run), fixedCost(fixedCosts)];
  return parts.every((part) => part !== undefined) ? sum(parts) : undefined;
}

function sum(costs: readonly (Cost | undefined)[]): Cost {
  return costs.reduce<Cost>(
    (total, cost) => ({ min: total.min + (cost?.min ?? 0), max: total.max + (cost?.max ?? 0) }),
    { min: 0, max: 0 },
  );
}
