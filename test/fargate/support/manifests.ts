import type { CheckOptions, CheckResult } from '../../../lib/fargate/check-manifests';
import { checkManifests } from '../../../lib/fargate/check-manifests';

export type Manifest = Readonly<Record<string, unknown>>;

/** A profile that selects every pod: the rules under test are about something else. */
export const everything = { name: 'all', selectors: [{ namespace: '*' }] } as const;

export function check(objects: readonly unknown[], options: Partial<CheckOptions> = {}): CheckResult {
  return checkManifests(objects, { profiles: [everything], kubernetesVersion: '1.36', ...options });
}

/** The findings of one rule, as people read them. */
export function messagesOf(
  rule: string,
  objects: readonly unknown[],
  options?: Partial<CheckOptions>,
): string[] {
  return check(objects, options)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ message }) => message);
}

/** A Deployment shop/cart with one container that breaks no rule. */
export function deployment(
  podSpec: Manifest = {},
  extra: { labels?: Manifest; annotations?: Manifest } = {},
): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'cart', namespace: 'shop' },
    spec: {
      replicas: 2,
      template: {
        metadata: { labels: { app: 'cart' }, ...extra },
        spec: { containers: [container()], ...podSpec },
      },
    },
  };
}

/** A Deployment shop/cart with the container changed. */
export function withContainer(fields: Manifest): Manifest {
  return deployment({ containers: [container(fields)] });
}

/** A Deployment shop/cart whose container asks for the resources. */
export function withResources(resources: Manifest): Manifest {
  return withContainer({ resources });
}

export function container(fields: Manifest = {}): Manifest {
  return { name: 'cart', image: 'registry.example/cart:1', ...fields };
}

/** An object of any kind in the namespace shop. */
export function object(apiVersion: string, kind: string, fields: Manifest = {}, name = 'cart'): Manifest {
  return { apiVersion, kind, metadata: { name, namespace: 'shop' }, ...fields };
}
