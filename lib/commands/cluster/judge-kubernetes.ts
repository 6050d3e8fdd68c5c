import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { KubernetesApi } from '../kubernetes/kubernetes-api';
import { judgeAll, type Check, type CheckResult } from './check';
import { externalSecretCheck } from './external-secrets';
import { lookAtCluster, type ClusterView } from './look-at-cluster';
import { autoscalerCheck, budgetCheck, leftoverCheck, nodesCheck, replicasCheck } from './scaling';
import { labelsCheck, notFollowedCheck, placementCheck, rolloutCheck } from './scheduling';
import { capacityCheck, loggingCheck } from './sizing';
import { kubeletCheck, leftBehindCheck } from './upkeep';

/** Every check that the API server alone can answer. */
export const kubernetesChecks: readonly Check<ClusterView>[] = [
  labelsCheck,
  placementCheck,
  rolloutCheck,
  notFollowedCheck,
  capacityCheck,
  loggingCheck,
  replicasCheck,
  nodesCheck,
  leftoverCheck,
  autoscalerCheck,
  budgetCheck,
  externalSecretCheck,
  kubeletCheck,
  leftBehindCheck,
];

/**
 * Judges what a plan puts on a cluster, as it is now.
 *
 * @param plan what should run: one of `planOf(values).variants[…].clusters`.
 * @param api the cluster, for example a `KubectlProxy`.
 * @returns a result for each check, in the order of the report; unknown where the cluster could not be looked at.
 */
export async function judgeKubernetes(
  plan: FargatePlan,
  api: KubernetesApi,
): Promise<readonly CheckResult[]> {
  return judgeAll(await lookAtCluster(plan, api), kubernetesChecks);
}
