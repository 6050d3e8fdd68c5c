import type { FargatePlan } from '../../synthesis/fargate-plan';
import { CouldNotLook } from '../could-not-look';
import type { KubernetesApi } from '../kubernetes/kubernetes-api';
import { listsOf } from './look-at-cluster';
import { isEnding } from './pods';
import type { Deadline } from './until';
import { workloadsOf, type Workload } from './workload';

/** Time between two looks at a rollout, in milliseconds. A pod needs a minute or so to start on Fargate. */
const intervalMs = 3_000;

/**
 * Waits until every rollout is complete and its leftover pods have ended, until waiting is no use, or until the time is
 * up. Which of them it was shows in what is seen afterwards.
 *
 * @throws CouldNotLook if the first look fails; a later one may fail and is made again.
 */
export async function waitForRollout(
  plan: FargatePlan,
  api: KubernetesApi,
  deadline: Deadline,
): Promise<void> {
  let looks = 0;
  const look = async (): Promise<string | undefined> => {
    looks += 1;
    try {
      return obstacleIn(workloadsOf(plan, await listsOf(plan, api)));
    } catch (error) {
      if (looks > 1 && error instanceof CouldNotLook) {
        return `the rollout: ${error.message}`;
      }
      throw error;
    }
  };
  await deadline.until(look, (obstacle) => obstacle, intervalMs);
}

/** What time may still change. */
function obstacleIn(workloads: readonly Workload[]): string | undefined {
  if (workloads.some(({ rollout: { phase } }) => phase === 'stuck' || phase === 'missing')) {
    return undefined;
  }
  const unfinished = workloads.filter(({ rollout }) => rollout.phase === 'waiting');
  if (unfinished.length > 0) {
    return `the rollout: ${unfinished.map(({ label, rollout }) => `${label} ${rollout.text}`).join('; ')}`;
  }
  const ending = workloads.flatMap(({ leftover }) => leftover).filter(isEnding);
  return ending.length === 0
    ? undefined
    : `leftover pods to end: ${ending.map(({ metadata }) => metadata?.name).join(', ')}`;
}
