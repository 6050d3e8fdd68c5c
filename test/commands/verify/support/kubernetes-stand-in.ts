import type { ObservedPod } from '../../../../lib/commands/verify/observed';
import { json, startStandIn, type Answer, type StandIn } from './stand-in';
import type { State } from './states';

const revisionAnnotation = 'deployment.kubernetes.io/revision';

/**
 * The API server of a cluster. Lists come in two pages: the first item, then the rest.
 *
 * @param state asked for with every list of Deployments: how often it was before
 * @param outages how many requests it first turns down, as one that is overloaded does
 */
export function startKubernetes(state: (looks: number) => State, outages: number): Promise<StandIn> {
  let looks = 0;
  let left = outages;
  return startStandIn((_request, url) => {
    if (left > 0) {
      left -= 1;
      return { call: url.pathname, answer: json({ kind: 'Status', status: 'Failure', code: 503 }, 503) };
    }
    const deployments = url.pathname.endsWith('/deployments');
    const answer = answerTo(url, state(looks));
    if (deployments && url.searchParams.has('continue')) {
      looks += 1;
    }
    return { call: url.pathname, answer };
  });
}

function answerTo(url: URL, state: State): Answer {
  const nodeName = /^\/api\/v1\/nodes\/(?<name>.+)$/.exec(url.pathname)?.groups?.['name'];
  if (nodeName !== undefined) {
    const node = state.nodes.find(({ name }) => name === nodeName);
    return node === undefined ? notFound(url.pathname) : json(describeNode(node));
  }
  switch (url.pathname) {
    case '/apis/apps/v1/namespaces/checkout/deployments':
      return page(url, state.deployments.map(describeDeployment));
    case '/apis/apps/v1/namespaces/checkout/replicasets':
      return page(url, state.replicaSets.map(describeReplicaSet));
    case '/api/v1/namespaces/checkout/pods':
      return page(url, state.pods.map(describePod));
    case '/api/v1/namespaces/checkout/events':
      return page(url, state.events.map(describeEvent));
    default:
      return notFound(url.pathname);
  }
}

function page(url: URL, items: readonly object[]): Answer {
  return url.searchParams.has('continue')
    ? json({ kind: 'List', apiVersion: 'v1', metadata: {}, items: items.slice(1) })
    : json({ kind: 'List', apiVersion: 'v1', metadata: { continue: '2' }, items: items.slice(0, 1) });
}

function notFound(path: string): Answer {
  return json(
    { kind: 'Status', status: 'Failure', reason: 'NotFound', message: `no ${path}`, code: 404 },
    404,
  );
}

function describeDeployment(deployment: State['deployments'][number]): object {
  const { namespace, name, revision, generation, conditions } = deployment;
  return {
    metadata: { namespace, name, generation, annotations: { [revisionAnnotation]: revision } },
    spec: { replicas: deployment.replicas, selector: {}, template: {} },
    status: {
      observedGeneration: deployment.observedGeneration,
      replicas: deployment.currentReplicas,
      updatedReplicas: deployment.updatedReplicas,
      readyReplicas: deployment.readyReplicas,
      availableReplicas: deployment.availableReplicas,
      conditions,
    },
  };
}

function describeReplicaSet({ namespace, name, deployment, revision }: State['replicaSets'][number]): object {
  return {
    metadata: {
      namespace,
      name,
      annotations: { [revisionAnnotation]: revision },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: deployment, uid: '1' }],
    },
  };
}

function describePod(pod: ObservedPod): object {
  const { namespace, name, labels, replicaSet, schedulerName, nodeName, phase, conditions, deletedAt } = pod;
  return {
    metadata: {
      namespace,
      name,
      labels,
      annotations: {
        ...(pod.capacity === null ? {} : { CapacityProvisioned: pod.capacity }),
        ...(pod.logging === null ? {} : { Logging: pod.logging }),
      },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: replicaSet, uid: '1' }],
      ...(deletedAt === null ? {} : { deletionTimestamp: deletedAt }),
    },
    spec: { schedulerName, containers: [], ...(nodeName === null ? {} : { nodeName }) },
    status: {
      phase,
      conditions,
      // One that has done its work is in no trouble.
      initContainerStatuses: [
        { name: 'prepare', state: { terminated: { exitCode: 0, reason: 'Completed' } } },
        ...containersIn(pod, 'init container'),
      ],
      containerStatuses: containersIn(pod, 'container'),
    },
  };
}

/** The reverse of how the reader words them: `kind name: reason, message`, the message only where there is one. */
function containersIn({ troubledContainers }: ObservedPod, kind: string): readonly object[] {
  return troubledContainers.flatMap((trouble) => {
    const found =
      /^(?<is>[a-z ]+) (?<name>\S+): (?<reason>\w+)(?:, (?<message>.*))?$/.exec(trouble)?.groups ?? {};
    const { is, name, reason, message } = found;
    return is === kind ? [{ name, state: { waiting: { reason, message } } }] : [];
  });
}

function describeNode({ name, labels, osImage, kubelet, containerRuntime }: State['nodes'][number]): object {
  return {
    metadata: { name, labels },
    status: {
      nodeInfo: { osImage, kubeletVersion: kubelet, containerRuntimeVersion: containerRuntime },
    },
  };
}

function describeEvent({ namespace, pod, type, reason, source, message }: State['events'][number]): object {
  return {
    metadata: { namespace, name: `${pod}.1` },
    involvedObject: { kind: 'Pod', namespace, name: pod },
    type,
    reason,
    message,
    source: { component: source },
  };
}
