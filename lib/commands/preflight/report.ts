/** What preflight has to say, before it is written as a table, as Markdown or as JSON. */
import type { CheckResult } from '../../fargate/check-manifests';
import type { Finding } from '../../fargate/finding';
import type { PodPlan } from '../../fargate/pod-plan';
import { podHourlyPrice, pricesOf } from '../../fargate/sizing/prices';
import type { InputError } from './read-input';

/** A pod plan with its price. */
export interface PricedPod extends PodPlan {
  /** USD an hour for one of the pods; undefined where nothing is provisioned, or a price is not on file. */
  readonly usdPerHour: number | undefined;
}

/** Something billed by the hour, whatever the pods do. */
export interface FixedCost {
  /** What it is, how many, and what for. */
  readonly item: string;
  /** USD an hour for all of it; undefined where its price is not on file. */
  readonly usdPerHour: number | undefined;
}

/** The pods of one variant or file. */
export interface Run {
  /** Name of the variant, or of the file. */
  readonly source: string;
  readonly pods: readonly PricedPod[];
}

/** A finding, and where it was made. */
export interface PlacedFinding extends Finding {
  /** Names of the variants or files that have it; none for what is true of the cluster. */
  readonly sources: readonly string[];
}

export interface Report {
  /** Name of the environment; undefined for files. */
  readonly environment: string | undefined;
  /** How many files were read; none for an environment. */
  readonly inputs: number;
  /** Region of the prices. */
  readonly region: string;
  /** A run for each variant, or for each file with pods. */
  readonly runs: readonly Run[];
  /** What the stacks cost in every variant, whatever pods run; none for files. */
  readonly fixedCosts: readonly FixedCost[];
  /** What the stacks have that is billed by use. */
  readonly billedByUse: readonly string[];
  /** Each finding once. */
  readonly findings: readonly PlacedFinding[];
  /** What could not be read, of which inputs. */
  readonly unreadable: readonly InputError[];
  /** What was read and is not for the cluster. */
  readonly leftOut: readonly InputError[];
}

/** Prices pods. */
export function priceRun(source: string, pods: CheckResult['pods'], region: string): Run {
  const prices = pricesOf(region);
  return {
    source,
    pods: pods.map((pod) => ({
      ...pod,
      usdPerHour: pod.size && prices && podHourlyPrice(pod.size, pod.ephemeralGib ?? 0, prices),
    })),
  };
}
