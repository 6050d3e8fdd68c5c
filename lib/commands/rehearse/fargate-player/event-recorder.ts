import type { Api } from '../cluster/api';
import type { LivePod } from './live-pod';

/** What is said about a pod. */
export interface PodEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** Who says it. */
  readonly component: string;
}

/** Writes events about pods, each once. */
export class EventRecorder {
  private readonly said = new Set<string>();

  constructor(private readonly api: Api) {}

  /** @returns whether it was not yet said. */
  async say(pod: LivePod, { type, reason, message, component }: PodEvent): Promise<boolean> {
    const { namespace, name, uid } = pod.metadata;
    const key = `${uid} ${reason} ${message}`;
    if (this.said.has(key)) {
      return false;
    }
    this.said.add(key);
    const time = new Date().toISOString();
    await this.api.create(`/api/v1/namespaces/${namespace}/events`, {
      metadata: { generateName: `${name}.` },
      involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace, name, uid },
      type,
      reason,
      message,
      source: { component },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
    });
    return true;
  }
}
