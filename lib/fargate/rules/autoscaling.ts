/** HorizontalPodAutoscalers that look right, and never scale or are undone. */
import type { Field } from '../manifest/field';
import { readable, type KubeObject } from '../manifest/kube-object';
import { shortList } from '../words';
import { isKind, type CheckedPod, type Facts, type Problem, type Rule } from './rule';
import { autoscalingPage, metricsServerPage } from './sources';

function autoscalers({ objects }: Facts): readonly KubeObject[] {
  return objects.filter((object) => isKind(object, 'autoscaling', 'HorizontalPodAutoscaler'));
}

/** The pods that an autoscaler scales; undefined where they are not among the objects. */
function scaledPod(autoscaler: KubeObject, { pods }: Facts): CheckedPod | undefined {
  const target = autoscaler.root.get('spec').get('scaleTargetRef');
  const kind = target.get('kind').text();
  const name = target.get('name').text();
  return pods.find(
    ({ object }) => object.namespace === autoscaler.namespace && object.kind === kind && object.name === name,
  );
}

/** A metric of CPU or memory, and whether it is measured by what the containers request. */
interface ResourceMetric {
  readonly resource: string;
  readonly byRequest: boolean;
}

function resourceMetric(metric: Field): ResourceMetric {
  return {
    resource: metric.get('name').text() ?? '',
    byRequest: metric.get('target').get('type').text() === 'Utilization',
  };
}

/** The metrics of CPU and memory by which an autoscaler scales; without any metric it scales by CPU. */
function resourceMetrics({ root }: KubeObject): readonly ResourceMetric[] {
  const metrics = root.get('spec').get('metrics').items();
  if (metrics.length === 0) {
    return [{ resource: 'cpu', byRequest: true }];
  }
  return metrics.flatMap((metric) => {
    const type = metric.get('type').text();
    return type === 'Resource'
      ? [resourceMetric(metric.get('resource'))]
      : type === 'ContainerResource'
        ? [{ ...resourceMetric(metric.get('containerResource')), byRequest: false }]
        : [];
  });
}

/** By the labels of the EKS add-on and the Helm chart, of the project's own manifest, or by the name. */
function isMetricsServer({ labels, object }: CheckedPod): boolean {
  return [labels['app.kubernetes.io/name'], labels['k8s-app'], object.name].includes('metrics-server');
}

function withoutRequest(autoscaler: KubeObject, facts: Facts): readonly Problem[] {
  const pod = scaledPod(autoscaler, facts);
  return resourceMetrics(autoscaler)
    .filter(({ byRequest }) => byRequest)
    .flatMap(({ resource }) => {
      const lacking = (pod?.ask.containers ?? []).filter(
        ({ container, requests }) => container.role !== 'init' && !requests.has(resource),
      );
      return lacking.length === 0
        ? []
        : [
            {
              text: `scales ${pod!.object.label} by its share of the requested ${resource}, and ${shortList(lacking.map(({ container }) => `container ${container.name}`))} requests none, so it never scales`,
              fix: `Set resources.requests.${resource}.`,
            },
          ];
    });
}

export const autoscalingRules: readonly Rule[] = [
  {
    id: 'autoscaler-metrics',
    severity: 'warning',
    why: 'An EKS cluster has no metrics-server unless it is installed, and an autoscaler without metrics leaves the number of pods as it is.',
    source: metricsServerPage,
    judges: 'together',
    check: (facts) =>
      facts.inTemplate && !facts.pods.some(isMetricsServer)
        ? autoscalers(facts)
            .filter((autoscaler) => resourceMetrics(autoscaler).length > 0)
            .map((object) => ({
              object,
              text: 'nothing in the cluster measures CPU and memory, so it never scales',
              fix: 'Set the setting autoscaling to true (docs/autoscaling.md).',
            }))
        : [],
  },
  {
    id: 'autoscaler-target',
    severity: 'warning',
    why: 'An autoscaler scales an object of its own namespace, by kind and name; of one that is not there it says nothing but an event.',
    source: autoscalingPage,
    judges: 'together',
    check: (facts) =>
      facts.inTemplate
        ? autoscalers(facts)
            .filter((autoscaler) => scaledPod(autoscaler, facts) === undefined)
            .map((object) => {
              const target = object.root.get('spec').get('scaleTargetRef');
              const [kind, name] = ['kind', 'name'].map((key) =>
                readable(target.get(key).text() ?? '(none)'),
              );
              return {
                object,
                text: `scales ${kind} ${object.namespace}/${name}, which no chart has`,
                fix: 'Correct spec.scaleTargetRef, or metadata.namespace.',
              };
            })
        : [],
  },
  {
    id: 'autoscaler-request',
    severity: 'warning',
    why: 'Utilization is a share of what the containers request: without a request there is none.',
    source: autoscalingPage,
    judges: 'together',
    check: (facts) =>
      autoscalers(facts).flatMap((object) =>
        withoutRequest(object, facts).map((problem) => ({ ...problem, object })),
      ),
  },
  {
    id: 'autoscaler-replicas',
    severity: 'warning',
    why: 'Every apply of a changed manifest sets the number of pods that it names, whatever the autoscaler has made of it.',
    source: autoscalingPage,
    judges: 'together',
    check: (facts) =>
      autoscalers(facts).flatMap((autoscaler) => {
        const object = scaledPod(autoscaler, facts)?.object;
        const replicas = object?.root.get('spec').get('replicas').integer();
        // Zero by hand switches the autoscaler off.
        return object === undefined || replicas === undefined || replicas === 0
          ? []
          : [
              {
                object,
                text: `replicas ${replicas} undoes what ${autoscaler.label} does, at every deploy that changes the object`,
                fix: 'Remove spec.replicas.',
              },
            ];
      }),
  },
];
