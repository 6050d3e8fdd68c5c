import type { Subject } from './judge-workloads';
import type { ObservedState } from './observed';
import { misplacementOf } from './placement';
import { hasLabels } from './rollout';

/** Title of the check whether pods carry the labels of their profile. */
export const labelsTitle = 'pod labels';
/** Title of the check whether pods are on Fargate. */
export const placementTitle = 'placement';

/** Title of the check that says why Fargate did not take a pod, or `null`: nothing keeps it from doing so. */
export function notTakenBecause({ workload, pod }: Subject, { nodes }: ObservedState): string | null {
  if (!hasLabels(pod, workload.labels)) {
    return labelsTitle;
  }
  return misplacementOf(workload, pod, nodes) === null ? null : placementTitle;
}
