import { setTimeout } from 'node:timers/promises';
import { ApiError, type Api, type ListOf } from '../cluster/api';
import { admissionPolicy, playerLabel, playerName, policies } from './admission-policy';
import { EventRecorder } from './event-recorder';
import type { NodePlace } from './fargate-node';
import { addressOf, FargateNodes, type LiveNode } from './fargate-nodes';
import { FargateScheduler } from './fargate-scheduler';
import { Kubelet } from './kubelet';
import type { LivePod } from './live-pod';
import { concernsFargate, type PodRules } from './pod-verdict';

/** Time between two looks at the pods, in milliseconds. */
const intervalMs = 200;

const bindings = '/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings';
/** Namespace in which the admission is tried. */
const probes = `/api/v1/namespaces/${playerName}`;

export interface FargatePlayerProps extends PodRules {
  readonly api: Api;
  /** Where the nodes are said to be. */
  readonly place: NodePlace;
  /** Namespaces of a local cluster in which pods of no profile run as they did. */
  readonly spared: readonly string[];
}

/**
 * Plays Fargate on a Kubernetes API server: admission, scheduler, kubelets, and the end of pods and nodes
 * (docs/decisions/fargate-is-played.md).
 */
export class FargatePlayer {
  /** The nodes of the pods. */
  readonly nodes: FargateNodes;

  private readonly scheduler: FargateScheduler;
  private readonly kubelet: Kubelet;
  private readonly stopped = new AbortController();
  private playing: Promise<void> | undefined;
  private failure: unknown;
  /** Whether what is there of a play is somebody else's. */
  private isTheirs = true;

  constructor(private readonly props: FargatePlayerProps) {
    const { api, place } = props;
    const events = new EventRecorder(api);
    this.nodes = new FargateNodes(api, place);
    this.scheduler = new FargateScheduler(api, props, this.nodes, events);
    this.kubelet = new Kubelet(api, events);
  }

  /**
   * Begins to play, once the API server knows the profiles.
   *
   * @throws ApiError 409 if somebody plays on this cluster already.
   */
  async start(signal?: AbortSignal): Promise<void> {
    const { api, profiles, spared } = this.props;
    const { policy, binding } = admissionPolicy(profiles, spared);
    await api.create(policies, policy);
    this.isTheirs = false;
    await api.create(bindings, binding);
    await api.create('/api/v1/namespaces', {
      metadata: { name: playerName, labels: { [playerLabel]: 'true' } },
    });
    while (!(await this.isAdmitting())) {
      await setTimeout(intervalMs, undefined, { signal });
    }
    await api.delete(probes);
    this.playing = this.play();
  }

  /**
   * Throws what kept the player from playing, if anything did.
   *
   * @throws ApiError, or an Error about a defect.
   */
  check(): void {
    if (this.failure !== undefined) {
      throw this.failure;
    }
  }

  /** Ends the play. Nodes and policy stay. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.playing;
  }

  /** Takes away all that the player made, once it is stopped. */
  async tidy(): Promise<void> {
    const { api } = this.props;
    if (this.isTheirs) {
      return;
    }
    await api.delete(probes);
    await api.delete(`${bindings}/${playerName}`);
    await api.delete(`${policies}/${playerName}`);
    await this.nodes.removeAll();
    // A namespace goes some seconds after it was deleted.
    while ((await api.find(probes)) !== undefined) {
      await setTimeout(intervalMs);
    }
  }

  /** Whether the API server applies the policy, which it learns of a moment after it was made. */
  private async isAdmitting(): Promise<boolean> {
    const probe = {
      metadata: { name: 'probe' },
      spec: { containers: [{ name: 'probe', image: 'probe' }], automountServiceAccountToken: false },
    };
    try {
      return concernsFargate(await this.props.api.create<LivePod>(`${probes}/pods?dryRun=All`, probe));
    } catch (error) {
      // The controllers make the ServiceAccount of a namespace a moment after it, and no pod is admitted without.
      if (error instanceof ApiError && error.status === 403) {
        return false;
      }
      throw error;
    }
  }

  private async play(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      try {
        await this.playOnce();
        await setTimeout(intervalMs, undefined, { signal });
      } catch (error) {
        if (!signal.aborted) {
          this.failure = error;
        }
        return;
      }
    }
  }

  private async playOnce(): Promise<void> {
    const { items: pods } = await this.props.api.get<ListOf<LivePod>>('/api/v1/pods');
    const nodes = await this.nodes.list();
    const nodeOf = new Map(nodes.map((node) => [node.metadata.name, node]));
    for (const pod of pods) {
      await unlessGone(() => this.advance(pod, nodeOf.get(pod.spec.nodeName ?? '')));
    }
    await this.nodes.beat(nodes);
    await this.nodes.removeUnused(nodes, pods);
  }

  private async advance(pod: LivePod, node: LiveNode | undefined): Promise<void> {
    const isPlayed = node !== undefined || (pod.spec.nodeName === undefined && concernsFargate(pod));
    if (isPlayed && pod.metadata.deletionTimestamp !== undefined) {
      await this.kubelet.end(pod);
    } else if (node !== undefined) {
      await this.kubelet.advance(pod, addressOf(node));
    } else if (isPlayed) {
      await this.scheduler.schedule(pod);
    }
  }
}

/** What the API server answers about a pod that is gone, that somebody changed, and that goes with its namespace. */
const passing: ReadonlySet<number> = new Set([404, 409, 403]);

/** Pods go away, and change, while they are looked at: the next look sees it. */
async function unlessGone(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ApiError) || !passing.has(error.status)) {
      throw error;
    }
  }
}
