import type { EnvironmentPlan } from '../../stack/plan-environment';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { variantNamed } from '../variant-named';
import type { Step } from './rehearsal';

/** The steps of one cluster. */
export interface Walk {
  readonly clusterName: string;
  readonly steps: readonly Step[];
}

/**
 * The walk through the variants of an environment, for each of its clusters.
 *
 * @param names the variants in order; without any, all and one step back.
 * @throws UserError if there is no such variant.
 */
export function walksOf({ variants }: EnvironmentPlan, names: readonly string[]): readonly Walk[] {
  const chosen =
    names.length === 0
      ? [...variants, ...variants.slice(-2, -1)]
      : names.map((name) => variantNamed({ variants }, name));
  const steps = chosen.flatMap(({ variant, clusters }) =>
    clusters.map((plan) => ({ name: variant ?? 'deployed', plan })),
  );
  return [...new Set(steps.map(({ plan }) => plan.clusterName))].map((clusterName) => ({
    clusterName,
    steps: steps.filter(({ plan }) => plan.clusterName === clusterName),
  }));
}

/** The same walk without what EKS applies: a cluster that is not EKS has a CoreDNS of its own. */
export function withoutAddOns({ clusterName, steps }: Walk): Walk {
  return { clusterName, steps: steps.map(({ name, plan }) => ({ name, plan: plan.withoutAddOns() })) };
}

/** All that a walk ever applies. */
export function objectsOf({ steps }: Walk): FargatePlan['objects'] {
  return steps.flatMap(({ plan }) => plan.objects);
}
