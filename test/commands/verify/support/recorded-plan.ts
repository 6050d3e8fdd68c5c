import type { PodPlan } from '../../../../lib/fargate/pod-plan';
import type { PredictedPlan } from '../../../../lib/commands/verify/expect';
import { loadPlan } from '../../../../lib/commands/verify/load-plan';
import { expectedOf } from './states';

/**
 * The repository's plan, as far as the recorded states go: a fork that adds workloads of its own need not record
 * them here.
 */
export function recordedPlan(): PredictedPlan {
  const plan = loadPlan();
  const variants = plan.variants.map((variant) => ({
    ...variant,
    check: { ...variant.check, pods: variant.check.pods.filter(isRecorded) },
  }));
  return { ...plan, variants };
}

function isRecorded({ namespace, name }: PodPlan): boolean {
  return expectedOf('labelled').workloads.some(
    (workload) => workload.namespace === namespace && workload.name === name,
  );
}
