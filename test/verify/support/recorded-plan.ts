import { planVariants, type RepositoryPlan } from '../../../lib/plan-variants';

/**
 * The repository's plan, as far as the recorded states go: a fork that adds workloads of its own need not record
 * them here.
 */
export function recordedPlan(): RepositoryPlan {
  const plan = planVariants();
  const variants = plan.variants.map((variant) => ({
    ...variant,
    check: { ...variant.check, pods: variant.check.pods.filter(({ namespace }) => namespace === 'checkout') },
  }));
  return { ...plan, variants };
}
