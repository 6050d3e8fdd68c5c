import type { Node } from 'kubernetes-types/core/v1';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';
import type { Api, ListOf } from '../cluster/api';
import { playerLabel } from './admission-policy';
import { fargateNode, podOfNode, type NodePlace } from './fargate-node';
import type { LivePod } from './live-pod';

/** Time between two signs of life of the nodes, in milliseconds: that of a kubelet. */
const heartbeatMs = 10_000;

const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';

/** A node that the player made. */
export interface LiveNode extends Node {
  readonly metadata: ObjectMeta & { readonly name: string };
}

/** The nodes of the pods on Fargate. */
export class FargateNodes {
  private made = 0;
  private lastHeartbeat = 0;

  constructor(
    private readonly api: Api,
    private readonly place: NodePlace,
  ) {}

  /** Every node that was made and is still there. */
  async list(): Promise<readonly LiveNode[]> {
    return (await this.api.get<ListOf<LiveNode>>(`/api/v1/nodes?labelSelector=${playerLabel}`)).items;
  }

  /**
   * Makes the node of a pod.
   *
   * @returns its name.
   */
  async make(pod: LivePod): Promise<string> {
    const { name, object } = fargateNode(pod, this.made, this.place);
    this.made += 1;
    await this.api.create('/api/v1/nodes', object);
    return name;
  }

  /** Takes away the nodes whose pod is gone, or is on another node. */
  async removeUnused(nodes: readonly LiveNode[], pods: readonly LivePod[]): Promise<void> {
    const nodeOfPod = new Map(pods.map(({ metadata, spec }) => [metadata.uid, spec.nodeName]));
    for (const { metadata } of nodes) {
      if (nodeOfPod.get(metadata.annotations?.[podOfNode] ?? '') !== metadata.name) {
        await this.remove(metadata.name);
      }
    }
  }

  /** Takes away all nodes. */
  async removeAll(): Promise<void> {
    for (const { metadata } of await this.list()) {
      await this.remove(metadata.name);
    }
  }

  /** Keeps the node controller of a local cluster from taking the nodes for dead. */
  async beat(nodes: readonly LiveNode[]): Promise<void> {
    const time = performance.now();
    if (time - this.lastHeartbeat < heartbeatMs) {
      return;
    }
    this.lastHeartbeat = time;
    for (const { metadata } of nodes) {
      const { name } = metadata;
      // The API server requires microseconds.
      const renewTime = new Date().toISOString().replace('Z', '000Z');
      const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime };
      const lease = await this.api.find(`${leases}/${name}`);
      await (lease === undefined
        ? this.api.create(leases, { metadata: { name, labels: { [playerLabel]: 'true' } }, spec })
        : this.api.patch(`${leases}/${name}`, { spec }));
    }
  }

  private async remove(name: string): Promise<void> {
    await this.api.delete(`/api/v1/nodes/${name}`);
    await this.api.delete(`${leases}/${name}`);
  }
}

/** Address of a node, and of its pod. */
export function addressOf({ status }: LiveNode): string {
  return status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
}
