import type { Container, Pod, PodSpec } from 'kubernetes-types/core/v1';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';

/** A pod as the API server has it: named, in a namespace, with a UID. In lists it has no kind. */
export interface LivePod extends Pod {
  readonly metadata: ObjectMeta & { readonly namespace: string; readonly name: string; readonly uid: string };
  readonly spec: PodSpec;
}

/** Path of a pod in the API. */
export function podPath({ metadata: { namespace, name } }: LivePod): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}

/** Every container of a pod, in the order in which they start. */
export function containersOf({ spec: { initContainers = [], containers } }: LivePod): readonly Container[] {
  return [...initContainers, ...containers];
}
