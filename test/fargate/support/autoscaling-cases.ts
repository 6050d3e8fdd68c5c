import { container, deployment, object, withResources } from './manifests';
import type { RuleCase } from './rule-cases';

const autoscaler = (spec: object = {}, target = 'cart', name = 'cart') =>
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
        maxReplicas: 3,
        ...spec,
      },
    },
    name,
  );
const apiService = (group: string) => ({
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: `v1beta1.${group}` },
  spec: { group, version: 'v1beta1' },
});
const utilization = (name: string) => ({
  metrics: [
    { type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization: 60 } } },
  ],
});
const external = {
  metrics: [
    { type: 'External', external: { metric: { name: 'queue' }, target: { type: 'Value', value: '1' } } },
  ],
};
const metricsServer = (labels: object, name = 'metrics') =>
  object(
    'apps/v1',
    'Deployment',
    { spec: { template: { metadata: { labels }, spec: { containers: [] } } } },
    name,
  );

export const autoscalingCases: readonly RuleCase[] = [
  {
    rule: 'autoscaler-metrics',
    fails: [autoscaler(), autoscaler(utilization('memory'), 'ui', 'ui')],
    says: [
      'HorizontalPodAutoscaler shop/cart, shop/ui: never scales, since nothing here serves metrics.k8s.io. Set the setting autoscaling to true (docs/autoscaling.md).',
    ],
    passes: {
      'the EKS add-on': [autoscaler(), metricsServer({ 'app.kubernetes.io/name': 'metrics-server' })],
      'the manifest of the project': [autoscaler(), metricsServer({ 'k8s-app': 'metrics-server' })],
      'a Deployment of that name': [autoscaler(), metricsServer({}, 'metrics-server')],
      'another that serves its API': [autoscaler(), apiService('metrics.k8s.io')],
      'an adapter for its metric': [autoscaler(external), apiService('external.metrics.k8s.io')],
      'a metric of a type that nobody knows': [autoscaler({ metrics: [{ type: 'Magic' }] })],
    },
  },
  {
    rule: 'autoscaler-metrics',
    fails: [
      autoscaler({ metrics: [{ type: 'ContainerResource' }] }),
      autoscaler(external, 'queue', 'queue'),
      autoscaler({ metrics: [{ type: 'Pods' }] }, 'pods', 'pods'),
      autoscaler({ metrics: [{ type: 'Object' }] }, 'object', 'object'),
    ],
    says: [
      'HorizontalPodAutoscaler shop/cart, shop/queue, shop/pods and 1 more: never scales, since nothing here serves metrics.k8s.io; never scales, since nothing here serves external.metrics.k8s.io; never scales, since nothing here serves custom.metrics.k8s.io. Install metrics-server, unless the cluster has it. Install an adapter for the metric, unless the cluster has one.',
    ],
    passes: {},
    options: { target: 'cluster' },
  },
  {
    rule: 'autoscaler-metrics',
    options: { metricsSource: true },
    fails: [],
    says: [],
    passes: { 'a cluster that has a source of its own': [autoscaler(), autoscaler(external)] },
  },
  {
    rule: 'autoscaler-target',
    fails: [deployment(), autoscaler({}, 'other')],
    says: [
      'HorizontalPodAutoscaler shop/cart: scales Deployment shop/other, which no chart has. Correct spec.scaleTargetRef, or metadata.namespace.',
    ],
    passes: { 'a target that is there': [deployment(), autoscaler()] },
  },
  {
    rule: 'autoscaler-target',
    options: { target: 'cluster' },
    fails: [],
    says: [],
    passes: { 'manifests that are not all of the cluster': [autoscaler()] },
  },
  {
    rule: 'autoscaler-request',
    fails: [withResources({ requests: { memory: '256Mi' } }), autoscaler(utilization('cpu'))],
    says: [
      'HorizontalPodAutoscaler shop/cart: scales Deployment shop/cart by its share of the requested cpu, of which container "cart" requests none. Set resources.requests.cpu.',
    ],
    passes: {
      'a request': [withResources({ requests: { cpu: '250m' } }), autoscaler(utilization('cpu'))],
      'a limit, which is the request too': [withResources({ limits: { cpu: '250m' } }), autoscaler()],
      'an init container': [
        deployment({
          initContainers: [{ name: 'init', image: 'init:1' }],
          containers: [container({ resources: { requests: { cpu: '250m' } } })],
        }),
        autoscaler(),
      ],
      'a value instead of a share': [
        deployment(),
        autoscaler({
          metrics: [
            {
              type: 'Resource',
              resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '1' } },
            },
          ],
        }),
      ],
      'the share of one container, which is not judged': [
        deployment(),
        autoscaler({
          metrics: [
            {
              type: 'ContainerResource',
              containerResource: {
                name: 'cpu',
                container: 'cart',
                target: { type: 'Utilization', averageUtilization: 60 },
              },
            },
          ],
        }),
      ],
      'another workload': [deployment(), autoscaler(utilization('cpu'), 'other')],
    },
  },
  {
    rule: 'autoscaler-request',
    fails: [deployment(), autoscaler()],
    says: [
      'HorizontalPodAutoscaler shop/cart: scales Deployment shop/cart by its share of the requested cpu, of which container "cart" requests none. Set resources.requests.cpu.',
    ],
    passes: {},
  },
  {
    rule: 'autoscaler-replicas',
    fails: [deployment(), autoscaler()],
    says: [
      'Deployment shop/cart: every deploy that changes it sets replicas 2, whatever HorizontalPodAutoscaler shop/cart has set. Remove spec.replicas.',
    ],
    passes: {
      'another workload': [deployment(), autoscaler({}, 'other')],
      'the workload of another namespace': [
        deployment(),
        { ...autoscaler(), metadata: { name: 'cart', namespace: 'other' } },
      ],
      'no replicas': [
        object('apps/v1', 'Deployment', { spec: { template: { spec: { containers: [container()] } } } }),
        autoscaler(),
      ],
      'zero replicas, which switch the autoscaler off': [
        object('apps/v1', 'Deployment', {
          spec: { replicas: 0, template: { spec: { containers: [container()] } } },
        }),
        autoscaler(),
      ],
    },
  },
];
