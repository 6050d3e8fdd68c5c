import type { Deployment } from 'kubernetes-types/apps/v1';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { listAll, type KubernetesApi } from '../kubernetes/kubernetes-api';
import type { Progress } from '../terminal';
import type { CheckResult } from './result';

/** How long to wait for what time may still change. */
export interface Waiting {
  /** Milliseconds; 0 looks once. */
  readonly timeoutMs: number;
  /** Says what is waited for. */
  readonly progress?: Progress;
}

/**
 * Waits until what a plan puts on a cluster has rolled out, and judges it: every check of `npm run verify` that the API
 * server alone can answer. AWS is not asked.
 *
 * @param plan what should run; `planOf(values).variants[n].clusters[m]`.
 * @param api the cluster, for example through a `KubectlProxy`.
 * @returns a result for each check, in the order of the report.
 * @throws CouldNotLook if the first look at the cluster fails.
 */
export async function judgeKubernetes(
  plan: FargatePlan,
  api: KubernetesApi,
  { timeoutMs }: Waiting,
): Promise<readonly CheckResult[]> {
  const deadline = performance.now() + timeoutMs;
  const wanted = plan.check().pods.filter(({ kind }) => kind === 'Deployment');
  for (;;) {
    const live = await Promise.all(
      [...new Set(wanted.map(({ namespace }) => namespace))].map((namespace) =>
        listAll<Deployment>(api, `/apis/apps/v1/namespaces/${namespace}/deployments`),
      ),
    );
    const subjects = wanted.map(({ object, namespace, name }) => {
      const found = live
        .flat()
        .find(({ metadata }) => metadata?.namespace === namespace && metadata.name === name);
      const replicas = found?.spec?.replicas ?? 1;
      const ready = found?.status?.readyReplicas ?? 0;
      const { observedGeneration, replicas: current = 0, updatedReplicas = 0 } = found?.status ?? {};
      const isObserved = found !== undefined && observedGeneration === found.metadata?.generation;
      const done = isObserved && [ready, current, updatedReplicas].every((count) => count === replicas);
      return {
        subject: object,
        status: done ? ('held' as const) : ('broken' as const),
        expected: 'complete',
        observed: found === undefined ? 'no such Deployment' : `${ready} of ${replicas} ready`,
        evidence: [],
        usualCause: undefined,
      };
    });
    const held = subjects.every(({ status }) => status === 'held');
    if (held || performance.now() >= deadline) {
      return [{ id: 'rollout', title: 'rollout', status: held ? 'held' : 'broken', subjects }];
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 2_000);
    });
  }
}
