import { profileLabel } from '../../fargate/sizing/profile';
import type { ExpectedWorkload } from './expected';
import type { Observation, ObservedNode, ObservedPod } from './observed';

const scheduler = 'fargate-scheduler';
const computeTypeLabel = 'eks.amazonaws.com/compute-type';
const zoneLabel = 'topology.kubernetes.io/zone';

/** Where a pod should be, in words. */
export const placementCheck = `scheduled by ${scheduler} onto a fargate-… node with ${computeTypeLabel}=fargate`;

/**
 * What is wrong with where a pod was put, or `null`: nothing is, or it has not been put anywhere yet.
 *
 * The profile label is written by the admission webhook of Amazon EKS (seen on real clusters, e.g.
 * github.com/aws/containers-roadmap/issues/1976, and not documented as a promise): one that differs is wrong, one
 * that is missing says nothing.
 */
export function misplacementOf(
  workload: ExpectedWorkload,
  pod: ObservedPod,
  nodes: Observation<readonly ObservedNode[]>,
): string | null {
  if (pod.schedulerName !== scheduler) {
    return `scheduled by ${pod.schedulerName} ${pod.nodeName === null ? 'onto no node' : `onto ${pod.nodeName}`}`;
  }
  const profile = pod.labels[profileLabel] ?? workload.profile;
  if (profile !== workload.profile) {
    return `on profile ${profile} instead of ${workload.profile}`;
  }
  if (pod.nodeName === null) {
    return null;
  }
  if (!pod.nodeName.startsWith('fargate-')) {
    return `on ${pod.nodeName}`;
  }
  if ('notSeen' in nodes) {
    return null;
  }
  const node = nodeOf(pod, nodes.seen);
  if (node === undefined) {
    return `its node ${pod.nodeName} is gone`;
  }
  const computeType = node.labels[computeTypeLabel];
  return computeType === 'fargate'
    ? null
    : `on ${node.name}, whose ${computeTypeLabel} is ${computeType ?? 'not set'}`;
}

/** The node a pod runs on, if it was found. */
export function nodeOf(pod: ObservedPod, nodes: readonly ObservedNode[]): ObservedNode | undefined {
  return nodes.find(({ name }) => name === pod.nodeName);
}

/** The zone of a node, or `unknown zone`. */
export function zoneOf(node: ObservedNode | undefined): string {
  return node?.labels[zoneLabel] ?? 'unknown zone';
}

/** Node, zone, operating system, kubelet and container runtime: what `kubectl describe node` is asked for. */
export function describeNode(node: ObservedNode | undefined): string {
  return node === undefined
    ? 'unknown node'
    : [node.name, zoneOf(node), node.osImage, `kubelet ${node.kubelet}`, node.containerRuntime].join(', ');
}
