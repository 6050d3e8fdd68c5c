import type {
  DeploymentSpec,
  DeploymentStatus,
  StatefulSetSpec,
  StatefulSetStatus,
} from 'kubernetes-types/apps/v1';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { CronJobSpec, CronJobStatus, JobSpec, JobStatus } from 'kubernetes-types/batch/v1';
import type { Event, Pod } from 'kubernetes-types/core/v1';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import { see, type Seen } from '../could-not-look';
import { listAll, type KubernetesApi } from '../kubernetes/kubernetes-api';

/** An object that makes pods, of any kind: each has some of the fields. */
export interface Live {
  readonly metadata?: ObjectMeta;
  readonly spec?: Partial<DeploymentSpec & StatefulSetSpec & JobSpec & CronJobSpec>;
  readonly status?: Partial<
    DeploymentStatus & StatefulSetStatus & JobStatus & Pick<CronJobStatus, 'lastScheduleTime'>
  >;
}

/** What is listed in the namespaces of the workloads, and where. */
const apis = {
  deployments: 'apis/apps/v1',
  replicasets: 'apis/apps/v1',
  statefulsets: 'apis/apps/v1',
  jobs: 'apis/batch/v1',
  cronjobs: 'apis/batch/v1',
  pods: 'api/v1',
  horizontalpodautoscalers: 'apis/autoscaling/v2',
  poddisruptionbudgets: 'apis/policy/v1',
  /** The API server forgets them after an hour: evidence, never the reason of a verdict. */
  events: 'api/v1',
} as const;

type Resource = keyof typeof apis;

interface Others {
  readonly pods: Pod;
  readonly horizontalpodautoscalers: HorizontalPodAutoscaler;
  readonly poddisruptionbudgets: PodDisruptionBudget;
  readonly events: Event;
}

/** Each list, by the name of its resource. */
export type Lists = {
  readonly [R in Resource]: Seen<readonly (R extends keyof Others ? Others[R] : Live)[]>;
};

/** Reads the workloads of some namespaces, and what is around them. */
export async function readLists(api: KubernetesApi, namespaces: readonly string[]): Promise<Lists> {
  const lists = Object.entries(apis).map(async ([resource, group]) => {
    const paths = namespaces.map((namespace) => `/${group}/namespaces/${namespace}/${resource}`);
    const list = await see(async () => (await Promise.all(paths.map((path) => listAll(api, path)))).flat());
    return [resource, list] as const;
  });
  // The types of the objects follow from the resource.
  return Object.fromEntries(await Promise.all(lists)) as unknown as Lists;
}

/** The object of a list with the name and the namespace of another. */
export function named<T extends { readonly metadata?: ObjectMeta }>(
  list: readonly T[],
  { name, namespace }: { readonly name: string; readonly namespace: string | undefined },
): T | undefined {
  return list.find(({ metadata }) => metadata?.name === name && metadata.namespace === namespace);
}
