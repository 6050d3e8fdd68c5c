import type { Deadline } from './clock';
import { CouldNotLook } from './could-not-look';
import type { ExpectedWorkload } from './expected';
import type { ObservedWorkloads } from './observed';
import type { Progress } from './progress';
import { podsOf, rolloutOf } from './rollout';

/** Time between two looks, in milliseconds. A pod takes a minute or so to start on Fargate. */
const intervalMs = 2_000;

/**
 * Waits until every rollout is complete and its leftover pods have ended, until waiting is no use, or until the time
 * is up. Which of them it was shows in what is seen afterwards.
 *
 * @param read looks at the cluster
 * @throws CouldNotLook if the first look fails; a later one may fail and is made again
 */
export async function waitForRollout(
  workloads: readonly ExpectedWorkload[],
  read: () => Promise<ObservedWorkloads>,
  deadline: Deadline,
  progress: Progress,
): Promise<void> {
  let obstacle = obstacleIn(workloads, await read());
  while (obstacle !== null && deadline.leftMs > 0) {
    progress.show(`waiting for the rollout: ${obstacle}`, deadline.progress);
    await deadline.pause(intervalMs);
    try {
      obstacle = obstacleIn(workloads, await read());
    } catch (error) {
      if (!(error instanceof CouldNotLook)) {
        throw error;
      }
      obstacle = error.message;
    }
  }
}

/** What time may still change, or `null`. */
function obstacleIn(workloads: readonly ExpectedWorkload[], seen: ObservedWorkloads): string | null {
  const states = workloads.map((workload) => rolloutOf(workload, seen));
  if (states.some(({ phase }) => phase === 'stuck' || phase === 'missing')) {
    return null;
  }
  const ending = workloads
    .flatMap((workload) => podsOf(workload, seen).old)
    .filter(({ deletedAt }) => deletedAt !== null);
  if (states.every(({ phase }) => phase === 'complete')) {
    return ending.length === 0 ? null : `leftover pods to end: ${ending.map(({ name }) => name).join(', ')}`;
  }
  return states.map(({ text }) => text).join('; ');
}
