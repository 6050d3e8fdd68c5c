/** HorizontalPodAutoscalers that look right, and never scale or are undone. */
import { readable, type KubeObject } from '../manifest/kube-object';
import { nameContainers } from '../words';
import { ifAny, isKind, type CheckedPod, type Facts, type Problem, type Rule } from './rule';
import { autoscalingPage, metricsServerPage } from './sources';

/** An autoscaler, and the pods that it scales; undefined where they are not among the objects. */
interface Scaling {
  readonly autoscaler: KubeObject;
  readonly pod: CheckedPod | undefined;
}

function scalings(facts: Facts): readonly Scaling[] {
  const autoscalers = facts.objects.filter((object) =>
    isKind(object, 'autoscaling', 'HorizontalPodAutoscaler'),
  );
  const pods = new Map(
    autoscalers.length === 0
      ? []
      : facts.pods.map((pod) => [targetKey(pod.object.namespace, pod.object.kind, pod.object.name), pod]),
  );
  return autoscalers.map((autoscaler) => {
    const target = autoscaler.root.get('spec').get('scaleTargetRef');
    const key = targetKey(autoscaler.namespace, target.get('kind').text(), target.get('name').text());
    return { autoscaler, pod: pods.get(key) };
  });
}

function targetKey(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts);
}

/**
 * CPU or memory, where an autoscaler scales by how much of their request all containers use; without any metric it
 * scales by CPU. What a metric of one container says of it is not judged.
 */
function requestedResources({ root }: KubeObject): readonly string[] {
  const metrics = root.get('spec').get('metrics').items();
  if (metrics.length === 0) {
    return ['cpu'];
  }
  return metrics
    .filter((metric) => metric.get('type').text() === 'Resource')
    .map((metric) => metric.get('resource'))
    .filter((metric) => metric.get('target').get('type').text() === 'Utilization')
    .map((metric) => metric.get('name').text() ?? '');
}

/** The API groups of metrics, by what an autoscaler names as the type of a metric. */
const metricsApis: ReadonlyMap<string, string> = new Map([
  ['Resource', 'metrics.k8s.io'],
  ['ContainerResource', 'metrics.k8s.io'],
  ['Pods', 'custom.metrics.k8s.io'],
  ['Object', 'custom.metrics.k8s.io'],
  ['External', 'external.metrics.k8s.io'],
]);

/** metrics-server, by the labels of the EKS add-on and the Helm chart, of the project's own manifest, or by the name. */
function isMetricsServer({ labels, object }: CheckedPod): boolean {
  return [labels['app.kubernetes.io/name'], labels['k8s-app'], object.name].includes('metrics-server');
}

/** The API groups of metrics that something among the objects serves: metrics-server, KEDA, or another adapter. */
export function servedMetrics(
  objects: readonly KubeObject[],
  pods: readonly CheckedPod[],
): ReadonlySet<string> {
  return new Set([
    ...(pods.some(isMetricsServer) ? ['metrics.k8s.io'] : []),
    ...objects
      .filter((object) => isKind(object, 'apiregistration.k8s.io', 'APIService'))
      .map(({ root }) => root.get('spec').get('group').text() ?? ''),
  ]);
}

/** The API groups of metrics that an autoscaler asks; without any metric it scales by CPU. */
function askedMetrics({ root }: KubeObject): readonly string[] {
  const types = root
    .get('spec')
    .get('metrics')
    .items()
    .map((metric) => metric.get('type').text() ?? '');
  return (types.length === 0 ? ['Resource'] : types)
    .map((type) => metricsApis.get(type))
    .filter((group) => group !== undefined);
}

function withoutRequest({ autoscaler, pod }: Scaling): readonly Problem[] {
  return requestedResources(autoscaler).flatMap((resource) => {
    const lacking = (pod?.ask.containers ?? []).filter(
      ({ container, requests }) => container.role !== 'init' && !requests.has(resource),
    );
    return lacking.length === 0
      ? []
      : [
          {
            text: `scales ${pod!.object.label} by its share of the requested ${resource}, of which ${nameContainers(lacking.map(({ container }) => container))} requests none`,
            fix: `Set resources.requests.${resource}.`,
          },
        ];
  });
}

export const autoscalingRules: readonly Rule[] = [
  {
    id: 'autoscaler-metrics',
    severity: 'warning',
    why: 'An EKS cluster has no metrics-server unless it is installed, and serves no other metrics without an adapter such as KEDA. An autoscaler without metrics leaves the number of pods as it is. One finding for the whole run.',
    source: metricsServerPage,
    judges: 'kind',
    group: 'autoscaling',
    kind: 'HorizontalPodAutoscaler',
    check: (object, { metricsSource, inTemplate }) =>
      ifAny(
        metricsSource === 'all' ? [] : askedMetrics(object).filter((group) => !metricsSource.has(group)),
        ([group]) => ({
          text: `never scales, since nothing here serves ${group}`,
          fix:
            group !== 'metrics.k8s.io'
              ? 'Install an adapter for the metric, unless the cluster has one.'
              : inTemplate
                ? 'Set the setting autoscaling to true (docs/autoscaling.md).'
                : 'Install metrics-server, unless the cluster has it.',
        }),
      ),
  },
  {
    id: 'autoscaler-target',
    severity: 'warning',
    why: 'An autoscaler scales an object of its own namespace, by kind and name; of one that is not there it says nothing but an event.',
    source: autoscalingPage,
    onlyInTemplate: true,
    judges: 'together',
    check: (facts) =>
      scalings(facts)
        .filter(({ pod }) => pod === undefined)
        .map(({ autoscaler: object }) => {
          const target = object.root.get('spec').get('scaleTargetRef');
          const [kind, name] = ['kind', 'name'].map((key) => readable(target.get(key).text() ?? '(none)'));
          return {
            object,
            text: `scales ${kind} ${object.namespace}/${name}, which no chart has`,
            fix: 'Correct spec.scaleTargetRef, or metadata.namespace.',
          };
        }),
  },
  {
    id: 'autoscaler-request',
    severity: 'warning',
    why: 'Utilization is a share of what the containers request: without a request there is none.',
    source: autoscalingPage,
    judges: 'together',
    check: (facts) =>
      scalings(facts).flatMap((scaling) =>
        withoutRequest(scaling).map((problem) => ({ ...problem, object: scaling.autoscaler })),
      ),
  },
  {
    id: 'autoscaler-replicas',
    severity: 'warning',
    why: 'Every apply of a changed manifest sets the number of pods that it names, whatever the autoscaler has made of it.',
    source: autoscalingPage,
    judges: 'together',
    check: (facts) =>
      scalings(facts).flatMap(({ autoscaler, pod }) => {
        const object = pod?.object;
        const replicas = object?.root.get('spec').get('replicas').integer();
        // Zero by hand switches the autoscaler off.
        return object === undefined || replicas === undefined || replicas === 0
          ? []
          : [
              {
                object,
                text: `every deploy that changes it sets replicas ${replicas}, whatever ${autoscaler.label} has set`,
                fix: 'Remove spec.replicas.',
              },
            ];
      }),
  },
];
