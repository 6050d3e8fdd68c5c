/** What the namespace admits: a pod it refuses is never made, while its Deployment is applied without complaint. */
import { nameContainers } from '../words';
import { readable } from '../manifest/kube-object';
import type { Container } from '../manifest/pod';
import { demandsOn, type Demands, type PodSecurityPolicy } from './pod-security-standard';
import { isKind, type Facts, type Rule } from './rule';
import { podSecurityStandardsPage } from './sources';

const label = 'pod-security.kubernetes.io/enforce';

/** What the namespaces among the objects enforce. Of others the manifests say nothing. */
function enforcedPolicies({ objects, kubernetesMinor }: Facts): ReadonlyMap<string, PodSecurityPolicy> {
  const policies = new Map<string, PodSecurityPolicy>();
  for (const { name, root } of objects.filter((object) => isKind(object, '', 'Namespace'))) {
    const labels = root.get('metadata').get('labels').strings();
    const level = labels[label];
    const version = labels[`${label}-version`] ?? 'latest';
    if (level === 'baseline' || level === 'restricted') {
      // An API server knows no version of the standard that is newer than itself.
      const minor = Number(/^v1\.(\d+)$/u.exec(version)?.[1] ?? kubernetesMinor);
      policies.set(name, { level, minor: Math.min(minor, kubernetesMinor) });
    }
  }
  return policies;
}

/** What to write, with the containers that lack the same together. */
function remedy({ pod, containers }: Demands): string {
  const places = new Map<string, Container[]>();
  for (const { container, wanted } of containers) {
    const key = wanted.join(', ');
    const others = places.get(key) ?? [];
    places.set(key, others);
    others.push(container);
  }
  return [
    ...(pod.length === 0 ? [] : [`${[...new Set(pod)].join(', ')} for the pod`]),
    ...[...places].map(([wanted, owners]) => `${wanted} for ${nameContainers(owners)}`),
  ].join('; ');
}

export const podSecurityRule: Rule = {
  id: 'pod-security',
  severity: 'error',
  why: 'A namespace that enforces Pod Security "baseline" or "restricted" admits no pod that asks for more. The Deployment is applied all the same, and waits for ever for its pods. Judged as the API server of Kubernetes 1.36 does, by the version that the namespace enforces.',
  source: podSecurityStandardsPage,
  judges: 'together',
  check: (facts) => {
    const policies = enforcedPolicies(facts);
    return facts.pods.flatMap((pod) => {
      const policy = policies.get(pod.namespace);
      const demands = policy === undefined ? undefined : demandsOn(pod, policy);
      return demands === undefined || demands.pod.length + demands.containers.length === 0
        ? []
        : [
            {
              object: pod.object,
              text: `namespace ${readable(pod.namespace)} refuses the pod (Pod Security ${policy!.level})`,
              fix: `Write ${remedy(demands)}.`,
            },
          ];
    });
  },
};
