import type { Deployment, ReplicaSet, StatefulSet } from 'kubernetes-types/apps/v1';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { CronJob, Job } from 'kubernetes-types/batch/v1';
import type { Event, Node, Pod } from 'kubernetes-types/core/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import { see, type Seen } from '../could-not-look';
import { findObject, listAll, type KubernetesApi } from '../kubernetes/kubernetes-api';

/** What is listed in the namespaces of the workloads. */
interface Listed {
  readonly deployments: Deployment;
  readonly replicasets: ReplicaSet;
  readonly statefulsets: StatefulSet;
  readonly jobs: Job;
  readonly cronjobs: CronJob;
  readonly pods: Pod;
  readonly horizontalpodautoscalers: HorizontalPodAutoscaler;
  readonly poddisruptionbudgets: PodDisruptionBudget;
  /** The API server forgets them after an hour: evidence, never the reason of a verdict. */
  readonly events: Event;
}

/** Each list, by the name of its resource. */
export type Lists = { readonly [K in keyof Listed]: Seen<readonly Listed[K][]> };

const apis: Readonly<Record<keyof Listed, string>> = {
  deployments: 'apis/apps/v1',
  replicasets: 'apis/apps/v1',
  statefulsets: 'apis/apps/v1',
  jobs: 'apis/batch/v1',
  cronjobs: 'apis/batch/v1',
  pods: 'api/v1',
  horizontalpodautoscalers: 'apis/autoscaling/v2',
  poddisruptionbudgets: 'apis/policy/v1',
  events: 'api/v1',
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

/**
 * The nodes that pods run on, by name; one that is gone is not among them.
 *
 * @throws CouldNotLook if one may not be read.
 */
export async function readNodes(
  api: KubernetesApi,
  pods: readonly Pod[],
): Promise<ReadonlyMap<string, Node>> {
  const names = [...new Set(pods.flatMap(({ spec }) => spec?.nodeName ?? []))];
  const nodes = await Promise.all(names.map((name) => findObject<Node>(api, `/api/v1/nodes/${name}`)));
  return new Map(names.flatMap((name, index) => (nodes[index] ? [[name, nodes[index]]] : [])));
}
