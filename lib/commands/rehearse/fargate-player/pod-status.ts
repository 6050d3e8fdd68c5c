import type { Container } from 'kubernetes-types/core/v1';
import type { LivePod } from './live-pod';
import type { MissingReference } from './missing-reference';

/** What a kubelet would report of a pod whose containers run, each at once ready. */
export function runningStatus(pod: LivePod, address: string): object {
  return status(pod, address, 'Running', true, (container) => ({
    ready: true,
    started: true,
    state: isSidecar(container) || !isInit(pod, container) ? { running: { startedAt: now() } } : completed(),
  }));
}

/** What a kubelet would report of a pod whose containers have done their work. */
export function succeededStatus(pod: LivePod, address: string): object {
  return status(pod, address, 'Succeeded', false, () => ({
    ready: false,
    started: false,
    state: completed(),
  }));
}

/** What a kubelet would report of a pod whose containers it cannot start. */
export function waitingStatus(pod: LivePod, address: string, { reason, message }: MissingReference): object {
  return status(pod, address, 'Pending', false, () => ({
    ready: false,
    started: false,
    // A kubelet that waits for a volume says so in an event only.
    state: { waiting: reason === 'ContainerCreating' ? { reason } : { reason, message } },
  }));
}

/** The condition of a pod that its scheduler leaves Pending. */
export function unschedulableStatus(message: string): object {
  return {
    conditions: [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime: now() },
    ],
  };
}

function status(
  pod: LivePod,
  address: string,
  phase: string,
  ready: boolean,
  describe: (container: Container) => object,
): object {
  const containerStatus = (container: Container) => ({
    name: container.name,
    image: container.image ?? '',
    imageID: '',
    restartCount: 0,
    ...describe(container),
  });
  const conditions = { PodScheduled: true, Initialized: true, ContainersReady: ready, Ready: ready };
  return {
    phase,
    hostIP: address,
    podIP: address,
    podIPs: [{ ip: address }],
    startTime: now(),
    conditions: Object.entries(conditions).map(([type, holds]) => ({
      type,
      status: holds ? 'True' : 'False',
      lastTransitionTime: now(),
      ...(phase === 'Succeeded' && !holds && { reason: 'PodCompleted' }),
    })),
    containerStatuses: pod.spec.containers.map(containerStatus),
    ...(pod.spec.initContainers && { initContainerStatuses: pod.spec.initContainers.map(containerStatus) }),
  };
}

function isInit({ spec }: LivePod, container: Container): boolean {
  return (spec.initContainers ?? []).includes(container);
}

function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

function completed(): object {
  return { terminated: { exitCode: 0, reason: 'Completed', startedAt: now(), finishedAt: now() } };
}

function now(): string {
  return new Date().toISOString();
}
