/** What a pod asks for: the requests and limits of its containers, and what Fargate makes of them together. */
import { describeValue, isUnresolved, type Field } from '../manifest/field';
import type { Container, Pod } from '../manifest/pod';
import type { PodRequest } from './pod-size';
import { parseQuantity, type Nano } from '../manifest/quantity';

/** One amount of one resource, as written and as read. */
export interface Amount {
  readonly nano: Nano;
  /** As the manifest has it. */
  readonly text: string;
}

/**
 * What one container asks for, by resource name, with what Kubernetes fills in: a limit without a request is a
 * request, and what is missing then comes from the LimitRange of the namespace.
 */
export interface ContainerRequest {
  readonly container: Container;
  readonly requests: ReadonlyMap<string, Amount>;
  readonly limits: ReadonlyMap<string, Amount>;
}

/** A quantity that cannot be read here. */
export interface UnreadQuantity {
  readonly container: Container;
  readonly field: Field;
}

/** A value that is no amount of anything. */
export interface BadQuantity extends UnreadQuantity {
  readonly received: string;
}

export interface PodAsk {
  readonly containers: readonly ContainerRequest[];
  readonly bad: readonly BadQuantity[];
  /** Quantities that are known only at deploy time. */
  readonly unresolved: readonly UnreadQuantity[];
}

/** Amounts that containers get where they say none. */
export interface ResourceDefaults {
  readonly limits: ReadonlyMap<string, Amount>;
  readonly requests: ReadonlyMap<string, Amount>;
}

/** @param defaults those of the namespace; undefined for none */
export function readPodAsk(pod: Pod, defaults?: ResourceDefaults): PodAsk {
  const bad: BadQuantity[] = [];
  const unresolved: UnreadQuantity[] = [];
  const containers = pod.containers.map((container): ContainerRequest => {
    const read = (part: string): ReadonlyMap<string, Amount> =>
      readAmounts(container.field.get('resources').get(part), (field) => {
        if (isUnresolved(field.value)) {
          unresolved.push({ container, field });
        } else {
          bad.push({ container, field, received: describeValue(field.value) });
        }
      });
    const limits = read('limits');
    const requests = read('requests');
    return {
      container,
      limits: new Map([...(defaults?.limits ?? []), ...limits]),
      requests: new Map([...(defaults?.requests ?? []), ...limits, ...requests]),
    };
  });
  return { containers, bad, unresolved };
}

/** The amounts of a resource list, by resource name; what is no amount of anything is left to `reject`. */
export function readAmounts(list: Field, reject: (field: Field) => void): ReadonlyMap<string, Amount> {
  const amounts = new Map<string, Amount>();
  for (const [resource, field] of list.entries()) {
    const { value } = field;
    const nano =
      (typeof value === 'string' || typeof value === 'number') && !isUnresolved(value)
        ? parseQuantity(value)
        : undefined;
    if (nano !== undefined && nano >= 0n) {
      amounts.set(resource, { nano, text: String(value) });
    } else if (field.present) {
      reject(field);
    }
  }
  return amounts;
}

/**
 * How restartable init containers (sidecars) are counted. Kubernetes counts them with the long-running containers;
 * the EKS user guide knows only init containers. Unverified which of the two Fargate does.
 */
export type SidecarReading = 'long-running' | 'init';

/** The larger of the highest request of an init container and the sum of the long-running ones. */
export function effectiveRequest(
  containers: readonly ContainerRequest[],
  resource: string,
  sidecars: SidecarReading = 'long-running',
): Nano {
  let running = 0n;
  let highestInit = 0n;
  let sidecarsSoFar = 0n;
  for (const { container, requests } of containers) {
    const nano = requests.get(resource)?.nano ?? 0n;
    if (container.role === 'container') {
      running += nano;
    } else if (container.role === 'sidecar' && sidecars === 'long-running') {
      running += nano;
      sidecarsSoFar += nano;
    } else if (nano + sidecarsSoFar > highestInit) {
      // A sidecar started before this init container runs beside it.
      highestInit = nano + sidecarsSoFar;
    }
  }
  return running > highestInit ? running : highestInit;
}

/** What the pod's size is chosen by. */
export function podRequest(ask: PodAsk, sidecars?: SidecarReading): PodRequest {
  return {
    cpu: effectiveRequest(ask.containers, 'cpu', sidecars),
    memory: effectiveRequest(ask.containers, 'memory', sidecars),
  };
}
