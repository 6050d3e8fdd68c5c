import type {
  CoreV1Event,
  V1ContainerStatus,
  V1Deployment,
  V1Node,
  V1Pod,
  V1ReplicaSet,
} from '@kubernetes/client-node';
import { CouldNotLook } from './could-not-look';
import { loadKubeConfig } from './kubeconfig';
import { kubernetesProblem, type ApiServer } from './kubernetes-problem';
import type {
  ObservedCondition,
  ObservedDeployment,
  ObservedEvent,
  ObservedNode,
  ObservedPod,
  ObservedReplicaSet,
  ObservedWorkloads,
} from './observed';

/** Reads what the checks need from the cluster. */
export interface KubernetesReader {
  /** @throws CouldNotLook */
  workloads(namespaces: readonly string[]): Promise<ObservedWorkloads>;
  /**
   * The nodes that exist of those named.
   *
   * @throws CouldNotLook
   */
  nodes(names: readonly string[]): Promise<readonly ObservedNode[]>;
  /** @throws CouldNotLook */
  events(namespaces: readonly string[]): Promise<readonly ObservedEvent[]>;
}

/** Objects in one answer of the API server: the size that kubectl asks for. */
const pageSize = 500;
/** Someone waits for the answer, and a private endpoint gives none at all. */
const requestTimeoutMs = 10_000;
const revisionAnnotation = 'deployment.kubernetes.io/revision';

/**
 * Opens the cluster through the user's kubeconfig.
 *
 * @param contextName context of the kubeconfig; its current one if null
 * @throws UnusableKubeconfig if that does not lead to the cluster
 */
export async function openCluster(
  server: ApiServer & { readonly clusterName: string },
  contextName: string | null,
): Promise<KubernetesReader> {
  // Only ever loaded here: it is an ES module of a megabyte, and the slowest import of the command.
  const k8s = await import('@kubernetes/client-node');
  const kubeConfig = new k8s.KubeConfig();
  loadKubeConfig(kubeConfig, server, contextName);

  const configuration = k8s.createConfiguration({
    baseServer: new k8s.ServerConfiguration(server.url, {}),
    authMethods: { default: kubeConfig },
    promiseMiddleware: [
      {
        pre: async (request) => {
          request.setSignal(AbortSignal.timeout(requestTimeoutMs));
          return request;
        },
        post: async (response) => response,
      },
    ],
  });
  const core = new k8s.CoreV1Api(configuration);
  const apps = new k8s.AppsV1Api(configuration);

  const inEach = async <T>(
    kind: string,
    namespaces: readonly string[],
    list: (request: PageRequest & { readonly namespace: string }) => Promise<Page<T>>,
  ): Promise<readonly T[]> => {
    const items: T[] = [];
    for (const namespace of namespaces) {
      const doing = `list ${kind} in namespace ${namespace}`;
      items.push(...(await ask(doing, server, () => allPages((page) => list({ namespace, ...page })))));
    }
    return items;
  };

  return {
    workloads: async (namespaces) => ({
      deployments: (
        await inEach('deployments', namespaces, (request) => apps.listNamespacedDeployment(request))
      ).map(describeDeployment),
      replicaSets: (
        await inEach('replicasets', namespaces, (request) => apps.listNamespacedReplicaSet(request))
      ).map(describeReplicaSet),
      pods: (await inEach('pods', namespaces, (request) => core.listNamespacedPod(request))).map(describePod),
    }),
    nodes: async (names) => {
      const nodes: ObservedNode[] = [];
      for (const name of names) {
        const node = await ask(`get node ${name}`, server, () => core.readNode({ name })).catch(
          (error: unknown) => {
            if (error instanceof CouldNotLook && error.code === '404') {
              return null;
            }
            throw error;
          },
        );
        nodes.push(...(node === null ? [] : [describeNode(node)]));
      }
      return nodes;
    },
    events: async (namespaces) =>
      (
        await inEach('events', namespaces, (request) =>
          core.listNamespacedEvent({ ...request, fieldSelector: 'involvedObject.kind=Pod' }),
        )
      ).map(describeEvent),
  };
}

interface PageRequest {
  readonly limit: number;
  readonly _continue?: string;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly metadata?: { readonly _continue?: string };
}

async function allPages<T>(list: (request: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let next: string | undefined = '';
  while (next !== undefined) {
    const page: Page<T> = await list({ limit: pageSize, ...(next === '' ? {} : { _continue: next }) });
    items.push(...page.items);
    const { _continue: token } = page.metadata ?? {};
    next = token === '' ? undefined : token;
  }
  return items;
}

async function ask<T>(doing: string, server: ApiServer, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw kubernetesProblem(error, doing, server);
  }
}

function describeDeployment({ metadata, spec, status }: V1Deployment): ObservedDeployment {
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    revision: metadata?.annotations?.[revisionAnnotation] ?? null,
    generation: metadata?.generation ?? 0,
    observedGeneration: status?.observedGeneration ?? 0,
    replicas: spec?.replicas ?? 1,
    currentReplicas: status?.replicas ?? 0,
    updatedReplicas: status?.updatedReplicas ?? 0,
    readyReplicas: status?.readyReplicas ?? 0,
    availableReplicas: status?.availableReplicas ?? 0,
    conditions: (status?.conditions ?? []).map(describeCondition),
  };
}

function describeReplicaSet({ metadata }: V1ReplicaSet): ObservedReplicaSet {
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    deployment: ownerOf(metadata, 'Deployment'),
    revision: metadata?.annotations?.[revisionAnnotation] ?? null,
  };
}

function describePod({ metadata, spec, status }: V1Pod): ObservedPod {
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    labels: metadata?.labels ?? {},
    replicaSet: ownerOf(metadata, 'ReplicaSet'),
    schedulerName: spec?.schedulerName ?? '',
    nodeName: spec?.nodeName ?? null,
    phase: status?.phase ?? '',
    conditions: (status?.conditions ?? []).map(describeCondition),
    troubledContainers: [
      // The end of an init container is its success, unless it failed.
      ...(status?.initContainerStatuses ?? [])
        .filter(({ state }) => state?.terminated?.exitCode !== 0)
        .flatMap((container) => describeTrouble('init container', container)),
      ...(status?.containerStatuses ?? []).flatMap((container) => describeTrouble('container', container)),
    ],
    capacity: metadata?.annotations?.['CapacityProvisioned'] ?? null,
    logging: metadata?.annotations?.['Logging'] ?? null,
    deletedAt: metadata?.deletionTimestamp?.toISOString() ?? null,
  };
}

function describeTrouble(kind: string, { name, state }: V1ContainerStatus): readonly string[] {
  const trouble = state?.waiting ?? state?.terminated;
  return trouble === undefined
    ? []
    : [[`${kind} ${name}: ${trouble.reason ?? ''}`, trouble.message].filter(Boolean).join(', ')];
}

function describeNode({ metadata, status }: V1Node): ObservedNode {
  const info = status?.nodeInfo;
  return {
    name: metadata?.name ?? '',
    labels: metadata?.labels ?? {},
    osImage: info?.osImage ?? '',
    kubelet: info?.kubeletVersion ?? '',
    containerRuntime: info?.containerRuntimeVersion ?? '',
  };
}

function describeEvent(event: CoreV1Event): ObservedEvent {
  return {
    namespace: event.involvedObject.namespace ?? '',
    pod: event.involvedObject.name ?? '',
    type: event.type ?? '',
    reason: event.reason ?? '',
    // Older recorders fill in `source`, those of events.k8s.io `reportingComponent`.
    source: event.source?.component || event.reportingComponent || '',
    message: event.message ?? '',
  };
}

function describeCondition(condition: {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}): ObservedCondition {
  const { type, status, reason = '', message = '' } = condition;
  return { type, status, reason, message };
}

function ownerOf(metadata: V1Pod['metadata'], kind: string): string | null {
  return metadata?.ownerReferences?.find((owner) => owner.kind === kind)?.name ?? null;
}
