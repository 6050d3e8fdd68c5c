import { playerLabel } from './admission-policy';
import type { LivePod } from './live-pod';

/** The node that Fargate makes for one pod. */
export interface FargateNode {
  readonly name: string;
  /** Address of the pod, and of its node. */
  readonly address: string;
  readonly object: object;
}

/** Annotation of a node with the UID of its pod. */
export const podOfNode = 'fargate-player/pod';

export interface NodePlace {
  readonly region: string;
  /** Kubernetes version of the kubelet, such as `v1.36.3`. */
  readonly kubelet: string;
}

/**
 * Makes a node with the name, labels and taint that Fargate gives: https://github.com/aws/amazon-cloudwatch-agent/issues/580
 *
 * @param index the how many-th node of this rehearsal it is: no two have one address.
 */
export function fargateNode(
  { metadata: { uid } }: LivePod,
  index: number,
  { region, kubelet }: NodePlace,
): FargateNode {
  const address = `10.${128 + Math.floor(index / 65_536)}.${Math.floor(index / 256) % 256}.${index % 256}`;
  const host = `ip-${address.replaceAll('.', '-')}.${region}.compute.internal`;
  const name = `fargate-${host}`;
  const zone = `${region}${'abc'[index % 3]}`;
  return {
    name,
    address,
    object: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        annotations: { [podOfNode]: uid },
        labels: {
          'eks.amazonaws.com/compute-type': 'fargate',
          'kubernetes.io/arch': 'amd64',
          'kubernetes.io/hostname': host,
          'kubernetes.io/os': 'linux',
          'topology.kubernetes.io/region': region,
          'topology.kubernetes.io/zone': zone,
          [playerLabel]: 'true',
        },
      },
      spec: { taints: [{ key: 'eks.amazonaws.com/compute-type', value: 'fargate', effect: 'NoSchedule' }] },
      status: {
        addresses: [
          { type: 'InternalIP', address },
          { type: 'Hostname', address: host },
        ],
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            reason: 'KubeletReady',
            message: 'played',
            lastHeartbeatTime: new Date().toISOString(),
            lastTransitionTime: new Date().toISOString(),
          },
        ],
        nodeInfo: {
          architecture: 'amd64',
          operatingSystem: 'linux',
          osImage: 'played, no operating system',
          kernelVersion: 'played',
          containerRuntimeVersion: 'played://0',
          kubeletVersion: kubelet,
          kubeProxyVersion: '',
          machineID: '',
          systemUUID: '',
          bootID: '',
        },
      },
    },
  };
}
