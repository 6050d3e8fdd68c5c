import type { Node } from 'kubernetes-types/core/v1';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import { see, type Seen } from '../could-not-look';
import { findObject, type KubernetesApi } from '../kubernetes/kubernetes-api';
import { readExternalSecrets, type ExternalSecrets } from './external-secrets';
import { readLists, type Lists } from './read-cluster';
import { readPrunedObjects, type PrunedObject } from './read-pruned-objects';
import { followedPods, podSubjects, workloadsOf, type PodSubject, type Workload } from './workload';

/** A cluster as it was seen at one look. */
export interface ClusterView {
  readonly plan: FargatePlan;
  readonly lists: Lists;
  readonly workloads: Seen<readonly Workload[]>;
  readonly pods: Seen<readonly PodSubject[]>;
  /** That of the API server: 36. */
  readonly minorVersion: Seen<number>;
  readonly pruned: Seen<readonly PrunedObject[]>;
  readonly externalSecrets: ExternalSecrets;
}

/** Looks at a cluster once. AWS is not asked. */
export async function lookAtCluster(plan: FargatePlan, api: KubernetesApi): Promise<ClusterView> {
  const lists = await listsOf(plan, api);
  const workloads = await see(async () => workloadsOf(plan, lists));
  const [nodes, minorVersion, pruned, externalSecrets] = await Promise.all([
    see(() => readNodes(api, workloads())),
    see(async () => Number.parseInt((await api.get<{ readonly minor: string }>('/version')).minor, 10)),
    see(() => readPrunedObjects(api)),
    readExternalSecrets(plan, api),
  ]);
  const pods = await see(async () => podSubjects(workloads(), nodes, lists.events));
  return { plan, lists, workloads, pods, minorVersion, pruned, externalSecrets };
}

/** Lists what is in the namespaces of the workloads of a plan. */
export async function listsOf(plan: FargatePlan, api: KubernetesApi): Promise<Lists> {
  return readLists(api, [...new Set(followedPods(plan).map(({ namespace }) => namespace))]);
}

/** The nodes that pods run on, by name; one that is gone is not among them. */
async function readNodes(
  api: KubernetesApi,
  workloads: readonly Workload[],
): Promise<ReadonlyMap<string, Node>> {
  const pods = workloads.flatMap((workload) => workload.pods);
  const names = [...new Set(pods.flatMap(({ spec }) => spec?.nodeName ?? []))];
  const nodes = await Promise.all(names.map((name) => findObject<Node>(api, `/api/v1/nodes/${name}`)));
  return new Map(names.flatMap((name, index) => (nodes[index] ? [[name, nodes[index]]] : [])));
}
