import type { Api } from '../cluster/api';
import type { EventRecorder } from './event-recorder';
import { podPath, type LivePod } from './live-pod';
import { missingReference } from './missing-reference';
import { runningStatus, succeededStatus, waitingStatus } from './pod-status';

/** Reports of a pod what the kubelet of its node would, but for what its images do. */
export class Kubelet {
  constructor(
    private readonly api: Api,
    private readonly events: EventRecorder,
  ) {}

  /**
   * Brings a pod that has a node one step further in its life.
   *
   * @param address of the pod.
   */
  async advance(pod: LivePod, address: string): Promise<void> {
    if (pod.status?.phase === 'Pending') {
      await this.startContainers(pod, address);
    } else if (pod.status?.phase === 'Running' && pod.spec.restartPolicy !== 'Always') {
      await this.report(pod, succeededStatus(pod, address));
    }
  }

  /** The last that a kubelet does for a pod that is being deleted: the API server waits for it. */
  async end(pod: LivePod): Promise<void> {
    await this.api.delete(podPath(pod), { gracePeriodSeconds: 0 });
  }

  private async startContainers(pod: LivePod, address: string): Promise<void> {
    const missing = await missingReference(pod, this.api);
    if (missing === undefined) {
      await this.report(pod, runningStatus(pod, address));
      return;
    }
    const isNew = await this.events.say(pod, {
      type: 'Warning',
      reason: missing.reason === 'ContainerCreating' ? 'FailedMount' : 'Failed',
      message: missing.message,
      component: 'kubelet',
    });
    if (isNew) {
      await this.report(pod, waitingStatus(pod, address, missing));
    }
  }

  private async report(pod: LivePod, status: object): Promise<void> {
    await this.api.patch(`${podPath(pod)}/status`, { status }, 'strategic');
  }
}
