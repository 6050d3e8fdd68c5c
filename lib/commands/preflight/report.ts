/** What preflight has to say, before it is written as a table, as Markdown or as JSON. */
import type { CheckResult } from '../../fargate/check-manifests';
import type { PodPlan } from '../../fargate/pod-plan';
import type { Finding } from '../../fargate/finding';
import { hourlyPrice } from '../../fargate/sizing/prices';
import type { InputError } from './read-input';

/** A pod plan with its price. */
export interface PricedPod extends PodPlan {
  /** USD an hour for one of the pods; null where nothing is provisioned, or the region is not on file. */
  readonly usdPerHour: number | null;
}

/** The pods and findings of one variant or file. */
export interface Run {
  /** Name of the variant, or of the file. */
  readonly source: string;
  readonly pods: readonly PricedPod[];
  readonly findings: readonly Finding[];
}

/** Something billed by the hour besides the pods. */
export interface FixedCost {
  /** What it is: `2 NAT gateways`. */
  readonly item: string;
  /** USD an hour for all of it; null for a region that is not on file. */
  readonly usdPerHour: number | null;
}

export interface Report {
  readonly region: string;
  /** What is to be said of the cluster itself, whatever runs on it. */
  readonly findings: readonly Finding[];
  readonly runs: readonly Run[];
  /** What the stack costs in every variant besides its pods; none for files. */
  readonly fixedCosts: readonly FixedCost[];
  /** What could not be read, of which inputs. */
  readonly unreadable: readonly InputError[];
}

/** Every finding: of the cluster, then of each run. */
export function allFindings({ findings, runs }: Report): readonly Finding[] {
  return [...findings, ...runs.flatMap((run) => run.findings)];
}

export function priceRun(source: string, { pods, findings }: CheckResult, region: string): Run {
  return {
    source,
    findings,
    pods: pods.map((pod) => ({
      ...pod,
      usdPerHour: pod.size === undefined ? null : (hourlyPrice(pod.size, region) ?? null),
    })),
  };
}

/** USD an hour for all pods of a row; null where it has no price, or its number is unknown. */
export function rowPrice({ count, usdPerHour }: PricedPod): number | null {
  return count === undefined || usdPerHour === null ? null : count.min * usdPerHour;
}

/** USD an hour for all pods of a run, as far as they have a price; null when none has. */
export function runPrice({ pods }: Run): number | null {
  const prices = pods.map(rowPrice).filter((price) => price !== null);
  return prices.length === 0 ? null : prices.reduce((sum, price) => sum + price, 0);
}

/** USD an hour for all that is billed besides the pods; null where part of it has no price. */
export function fixedPrice(fixedCosts: readonly FixedCost[]): number | null {
  return fixedCosts.reduce<number | null>(
    (sum, { usdPerHour }) => (sum === null || usdPerHour === null ? null : sum + usdPerHour),
    0,
  );
}
