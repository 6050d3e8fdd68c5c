import type { Manifest } from '../../fargate/manifest/manifest';
import { UserError } from '../../user-error';

/** Where a load balancer sends to. */
export interface ServicePorts {
  /** Port of the Service. */
  readonly service: number;
  /** Port that its pods listen on. */
  readonly pods: number;
}

interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly port: number; readonly targetPort?: number | string }[];
}

interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly containers?: readonly {
      readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
    }[];
  };
}

/**
 * The ports of a Service, from the objects of its workload.
 *
 * @param objects all objects of the namespace.
 * @throws UserError if there is no such Service, or not one port that its pods have.
 */
export function servicePorts(objects: readonly Manifest[], namespace: string, name: string): ServicePorts {
  const services = objects.filter(({ kind }) => kind === 'Service');
  const spec = services.find(({ metadata }) => metadata?.name === name)?.['spec'] as ServiceSpec | undefined;
  if (spec === undefined) {
    const names = services.map(({ metadata }) => metadata?.name).join(', ');
    throw new UserError([
      `Service ${namespace}/${name}: is in no chart of the workload, so nothing can be sent to it. ${names === '' ? 'Add a Service to a chart.' : `Its Services are: ${names}.`}`,
    ]);
  }
  const [port, ...others] = spec.ports ?? [];
  if (port === undefined || others.length > 0) {
    throw new UserError([
      `Service ${namespace}/${name}: has ${spec.ports?.length ?? 0} ports, and a load balancer sends to one. Give it a Service of its own, with that port.`,
    ]);
  }
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') {
    return { service: port.port, pods: target };
  }
  const selector = Object.entries(spec.selector ?? {});
  const ports = objects
    .map((object) => (object['spec'] as { readonly template?: PodTemplate } | undefined)?.template)
    .filter((template) => selector.every(([key, value]) => template?.metadata?.labels?.[key] === value))
    .flatMap((template) => template?.spec?.containers ?? [])
    .flatMap((container) => container.ports ?? []);
  const found = ports.find((candidate) => candidate.name === target);
  if (found === undefined) {
    throw new UserError([
      `Service ${namespace}/${name}: targetPort "${target}" is the name of no port of its pods. Name a port of a container so, or write its number.`,
    ]);
  }
  return { service: port.port, pods: found.containerPort };
}
