import { setTimeout } from 'node:timers/promises';
import { ApiError, type Api, type ListOf } from '../cluster/api';
import {
  admissionPolicy,
  fargateScheduler,
  noProfileGate,
  playerLabel,
  playerName,
} from './admission-policy';
import { fargateNode, podOfNode, type NodePlace } from './fargate-node';
import { podPath, type LivePod } from './live-pod';
import { missingReference } from './missing-reference';
import { concernsFargate, judgePod, type PodRules } from './pod-verdict';
import { runningStatus, succeededStatus, unschedulableStatus, waitingStatus } from './pod-status';

/** Time between two looks at the pods, in milliseconds. Small lists from loopback: no watch has to be kept alive. */
const intervalMs = 200;
/** Time between two signs of life of the nodes, in milliseconds: that of a kubelet. */
const heartbeatMs = 10_000;

const policies = '/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies';
const bindings = '/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings';
const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
const stage = `/api/v1/namespaces/${playerName}`;

interface LiveNode {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly status: { readonly addresses: readonly { readonly type: string; readonly address: string }[] };
}

export interface FargatePlayerProps extends PodRules {
  readonly api: Api;
  /** Where the nodes are said to be. */
  readonly place: NodePlace;
  /** Namespaces of a local cluster in which pods of no profile run as they did. */
  readonly spared: readonly string[];
}

/**
 * Plays Fargate on a Kubernetes API server: admission, scheduler, kubelets, and the end of pods and nodes. Images are not
 * run: a pod is ready as soon as it has its node, and all that it mounts is there.
 */
export class FargatePlayer {
  private readonly stopped = new AbortController();
  private readonly said = new Set<string>();
  private playing: Promise<void> | undefined;
  private failure: unknown;
  private nodeCount = 0;
  private lastHeartbeat = 0;

  private hasStage = false;

  constructor(private readonly props: FargatePlayerProps) {}

  /**
   * Begins to play, once the API server knows the profiles.
   *
   * @throws ApiError 409 if somebody plays on this cluster already.
   */
  async start(signal?: AbortSignal): Promise<void> {
    const { api, profiles, spared } = this.props;
    const { policy, binding } = admissionPolicy(profiles, spared);
    await api.create('/api/v1/namespaces', {
      metadata: { name: playerName, labels: { [playerLabel]: 'true' } },
    });
    this.hasStage = true;
    await api.create(policies, policy);
    await api.create(bindings, binding);
    while (!(await this.isAdmitting())) {
      await setTimeout(intervalMs, undefined, { signal });
    }
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
    if (!this.hasStage) {
      return;
    }
    await api.delete(stage);
    await api.delete(`${bindings}/${playerName}`);
    await api.delete(`${policies}/${playerName}`);
    for (const { metadata } of await this.nodes()) {
      await this.deleteNode(metadata.name);
    }
    // A namespace goes some seconds after it was deleted.
    while ((await api.find(stage)) !== undefined) {
      await setTimeout(intervalMs);
    }
  }

  /** The nodes that the player made and has not yet taken away. */
  async nodes(): Promise<readonly LiveNode[]> {
    return (await this.props.api.get<ListOf<LiveNode>>(`/api/v1/nodes?labelSelector=${playerLabel}`)).items;
  }

  /** Whether the API server applies the policy, which it learns of a moment after it was made. */
  private async isAdmitting(): Promise<boolean> {
    const probe = {
      metadata: { name: 'probe' },
      spec: { containers: [{ name: 'probe', image: 'probe' }], automountServiceAccountToken: false },
    };
    try {
      return concernsFargate(await this.props.api.create<LivePod>(`${stage}/pods?dryRun=All`, probe));
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
    const { items } = await this.props.api.get<ListOf<LivePod>>('/api/v1/pods');
    const nodes = new Map((await this.nodes()).map((node) => [node.metadata.name, node]));
    for (const pod of items) {
      const node = nodes.get(pod.spec.nodeName ?? '');
      if (node !== undefined || (pod.spec.nodeName === undefined && concernsFargate(pod))) {
        await unlessGone(() => this.advance(pod, node));
      }
    }
    const nodeOfPod = new Map(items.map(({ metadata, spec }) => [metadata.uid, spec.nodeName]));
    for (const { metadata } of nodes.values()) {
      if (nodeOfPod.get(metadata.annotations?.[podOfNode] ?? '') !== metadata.name) {
        await this.deleteNode(metadata.name);
      }
    }
    await this.beat([...nodes.keys()]);
  }

  /** Brings a pod one step further in its life. */
  private async advance(pod: LivePod, node: LiveNode | undefined): Promise<void> {
    if (pod.metadata.deletionTimestamp !== undefined) {
      // What a kubelet does last: the API server waits for it before the pod is gone.
      await this.props.api.delete(podPath(pod), { gracePeriodSeconds: 0 });
    } else if (node === undefined) {
      await this.schedule(pod);
    } else if (pod.status?.phase === 'Pending') {
      await this.startContainers(pod, addressOf(node));
    } else if (pod.status?.phase === 'Running' && pod.spec.restartPolicy !== 'Always') {
      await this.report(pod, succeededStatus(pod, addressOf(node)));
    }
  }

  private async schedule(pod: LivePod): Promise<void> {
    const verdict = judgePod(pod, this.props);
    if (!verdict.placed) {
      await this.leavePending(pod, verdict.scheduler, verdict.message);
      return;
    }
    const unbound = await this.unboundClaims(pod);
    if (unbound.length > 0) {
      await this.leavePending(
        pod,
        fargateScheduler,
        `Pod not supported on Fargate: volumes not supported: ${unbound.join(', ')}`,
      );
      return;
    }
    const { api, place } = this.props;
    const logging =
      (await api.find('/api/v1/namespaces/aws-observability/configmaps/aws-logging')) !== undefined;
    await api.patch(podPath(pod), {
      metadata: {
        annotations: {
          CapacityProvisioned: verdict.capacity,
          Logging: logging ? 'LoggingEnabled' : 'LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND',
        },
      },
    });
    const node = fargateNode(pod, this.nodeCount++, place);
    await api.create('/api/v1/nodes', node.object);
    const { namespace, name } = pod.metadata;
    await api.create(`${podPath(pod)}/binding`, {
      metadata: { namespace, name },
      target: { kind: 'Node', name: node.name },
    });
    await (logging
      ? this.say(pod, 'Normal', 'LoggingEnabled', 'Successfully enabled logging for pod')
      : // https://github.com/aws-samples/eks-workshop-v2/issues/673
        this.say(
          pod,
          'Warning',
          'LoggingDisabled',
          'Disabled logging because aws-logging configmap was not found. configmap "aws-logging" not found',
        ));
    await this.say(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to ${node.name}`);
  }

  private async leavePending(pod: LivePod, scheduler: string, message: string): Promise<void> {
    if (await this.say(pod, 'Warning', 'FailedScheduling', message, scheduler)) {
      // The gate of a pod of no profile has a condition of its own, which the API server guards.
      if (!(pod.spec.schedulingGates ?? []).some(({ name }) => name === noProfileGate)) {
        await this.report(pod, unschedulableStatus(message));
      }
    }
  }

  /** The scheduler's words about claims that have no volume: https://github.com/aws/aws-cdk/issues/23375 */
  private async unboundClaims({
    metadata: { namespace },
    spec: { volumes = [] },
  }: LivePod): Promise<readonly string[]> {
    const unbound: string[] = [];
    for (const { name, persistentVolumeClaim: claim } of volumes) {
      if (claim !== undefined) {
        const found = await this.props.api.find<{ readonly status: { readonly phase: string } }>(
          `/api/v1/namespaces/${namespace}/persistentvolumeclaims/${claim.claimName}`,
        );
        if (found?.status.phase !== 'Bound') {
          unbound.push(`${name} not supported because: PVC ${claim.claimName} not bound`);
        }
      }
    }
    return unbound;
  }

  private async startContainers(pod: LivePod, address: string): Promise<void> {
    const missing = await missingReference(pod, this.props.api);
    if (missing === undefined) {
      await this.report(pod, runningStatus(pod, address));
    } else if (
      await this.say(
        pod,
        'Warning',
        missing.reason === 'ContainerCreating' ? 'FailedMount' : 'Failed',
        missing.message,
        'kubelet',
      )
    ) {
      await this.report(pod, waitingStatus(pod, address, missing));
    }
  }

  private async report(pod: LivePod, status: object): Promise<void> {
    await this.props.api.patch(`${podPath(pod)}/status`, { status }, 'strategic');
  }

  /**
   * Writes an event about a pod, once.
   *
   * @returns whether it was new.
   */
  private async say(
    pod: LivePod,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    component = fargateScheduler,
  ): Promise<boolean> {
    const { namespace, name, uid } = pod.metadata;
    const key = `${uid} ${reason} ${message}`;
    if (this.said.has(key)) {
      return false;
    }
    this.said.add(key);
    const time = new Date().toISOString();
    await this.props.api.create(`/api/v1/namespaces/${namespace}/events`, {
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

  /** Keeps the node controller of a local cluster from taking the nodes for dead. */
  private async beat(nodes: readonly string[]): Promise<void> {
    const time = performance.now();
    if (time - this.lastHeartbeat < heartbeatMs) {
      return;
    }
    this.lastHeartbeat = time;
    for (const name of nodes) {
      // The API server wants microseconds.
      const renewTime = new Date().toISOString().replace('Z', '000Z');
      const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime };
      const lease = await this.props.api.find(`${leases}/${name}`);
      await (lease === undefined
        ? this.props.api.create(leases, { metadata: { name, labels: { [playerLabel]: 'true' } }, spec })
        : this.props.api.patch(`${leases}/${name}`, { spec }));
    }
  }

  private async deleteNode(name: string): Promise<void> {
    await this.props.api.delete(`/api/v1/nodes/${name}`);
    await this.props.api.delete(`${leases}/${name}`);
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

function addressOf({ status }: LiveNode): string {
  return status.addresses.find(({ type }) => type === 'InternalIP')?.address ?? '';
}
