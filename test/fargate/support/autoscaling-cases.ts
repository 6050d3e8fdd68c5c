import { container, deployment, object, withResources } from './manifests';
import type { RuleCase } from './rule-cases';

const autoscaler = (spec: object = {}, name = 'cart') =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, maxReplicas: 3, ...spec },
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
    fails: [autoscaler()],
    says: [
      'HorizontalPodAutoscaler shop/cart: nothing in the cluster measures CPU and memory, so it never scales. Set the setting autoscaling to true (docs/autoscaling.md).',
    ],
    passes: {
      'the EKS add-on': [autoscaler(), metricsServer({ 'app.kubernetes.io/name': 'metrics-server' })],
      'the manifest of the project': [autoscaler(), metricsServer({ 'k8s-app': 'metrics-server' })],
      'a Deployment of that name': [autoscaler(), metricsServer({}, 'metrics-server')],
      'a metric from elsewhere': [autoscaler(external)],
    },
  },
  {
    rule: 'autoscaler-metrics',
    fails: [autoscaler(utilization('memory'))],
    says: [
      'HorizontalPodAutoscaler shop/cart: nothing in the cluster measures CPU and memory, so it never scales. Set the setting autoscaling to true (docs/autoscaling.md).',
    ],
    passes: {},
  },
  {
    rule: 'autoscaler-metrics',
    options: { target: 'cluster' },
    fails: [],
    says: [],
    passes: { 'manifests of which the cluster is not known': [autoscaler()] },
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
      'HorizontalPodAutoscaler shop/cart: scales Deployment shop/cart by its share of the requested cpu, and container cart requests none, so it never scales. Set resources.requests.cpu.',
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
      'another workload': [deployment(), autoscaler(utilization('cpu'), 'other')],
    },
  },
  {
    rule: 'autoscaler-request',
    fails: [deployment(), autoscaler()],
    says: [
      'HorizontalPodAutoscaler shop/cart: scales Deployment shop/cart by its share of the requested cpu, and container cart requests none, so it never scales. Set resources.requests.cpu.',
    ],
    passes: {},
  },
  {
    rule: 'autoscaler-replicas',
    fails: [deployment(), autoscaler()],
    says: [
      'Deployment shop/cart: replicas 2 undoes what HorizontalPodAutoscaler shop/cart does, at every deploy that changes the object. Remove spec.replicas.',
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
