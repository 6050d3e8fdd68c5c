import { CouldNotLook } from '../../../../lib/commands/could-not-look';
import type { KubernetesApi } from '../../../../lib/commands/kubernetes/kubernetes-api';
import type { ClusterState } from './healthy-cluster';

/** Group and version of each resource, and its kind. */
const resources = {
  '/api/v1': {
    pods: 'Pod',
    nodes: 'Node',
    events: 'Event',
    serviceaccounts: 'ServiceAccount',
    secrets: 'Secret',
  },
  '/apis/apps/v1': { deployments: 'Deployment', replicasets: 'ReplicaSet', statefulsets: 'StatefulSet' },
  '/apis/batch/v1': { jobs: 'Job', cronjobs: 'CronJob' },
  '/apis/autoscaling/v2': { horizontalpodautoscalers: 'HorizontalPodAutoscaler' },
  '/apis/policy/v1': { poddisruptionbudgets: 'PodDisruptionBudget' },
  '/apis/external-secrets.io/v1': { externalsecrets: 'ExternalSecret' },
  '/apis/metrics.k8s.io/v1beta1': {},
} as const;

/** What the API server answers with an error, by path; a number is an HTTP status. */
export type Refusals = Readonly<Record<string, number>>;

/**
 * The API server of a cluster. Lists come in two pages: the first item, then the rest.
 *
 * @param state asked for with every list of pods.
 */
export class KubernetesStandIn implements KubernetesApi {
  /** Every path that was asked for, without its query. */
  readonly asked: string[] = [];

  constructor(
    private readonly state: () => ClusterState,
    private readonly refusals: Refusals = {},
  ) {}

  async get<T>(path: string): Promise<T> {
    const url = new URL(path, 'http://api');
    this.asked.push(url.pathname);
    const answer = this.answerTo(url);
    const status = this.refusals[url.pathname] ?? (answer === undefined ? 404 : 200);
    if (status !== 200) {
      throw new CouldNotLook(`could not read ${url.pathname}: refused`, 'Look elsewhere', String(status));
    }
    return structuredClone(answer) as T;
  }

  private answerTo(url: URL): unknown {
    const { pathname } = url;
    const state = this.state();
    if (pathname === '/version') {
      return { minor: state.minor };
    }
    if (pathname === '/apis') {
      const versions = Object.keys(resources).filter((path) => path.startsWith('/apis/'));
      return {
        groups: versions.map((path) => ({ preferredVersion: { groupVersion: path.slice('/apis/'.length) } })),
      };
    }
    if (pathname in resources) {
      const kinds = Object.entries(resources[pathname as keyof typeof resources]);
      return {
        resources: kinds.flatMap(([name, kind]) => [
          { name, kind, verbs: ['list', 'get'] },
          { name: `${name}/status`, kind, verbs: ['get'] },
        ]),
      };
    }
    const [, group = '', namespace, resource = '', name] =
      /^(\/apis?(?:\/[^/]+)?\/v\w+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?$/u.exec(pathname) ?? [];
    const all = (state as unknown as Readonly<Record<string, readonly Item[] | undefined>>)[resource] ?? [];
    if (!(resource in (resources[group as keyof typeof resources] ?? {}))) {
      return undefined;
    }
    const list = all.filter(({ metadata }) => namespace === undefined || metadata?.namespace === namespace);
    return name === undefined ? page(url, list) : list.find(({ metadata }) => metadata?.name === name);
  }
}

interface Item {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/** A token as the API server may make it: no text to put into a URL as it is. */
const nextPage = '2&limit=1';

function page({ searchParams }: URL, items: readonly Item[]): object {
  return searchParams.get('continue') === nextPage
    ? { metadata: {}, items: items.slice(1) }
    : { metadata: { continue: nextPage }, items: items.slice(0, 1) };
}
