import { deployment, object } from './manifests';
import type { RuleCase } from './rule-cases';

const template = { template: { spec: { containers: [{ name: 'work' }] } } };
const job = (spec: object = {}, annotations: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate', namespace: 'shop', annotations },
  spec: { ...template, ...spec },
});
const cronJob = (spec: object = {}, jobSpec: object = {}) =>
  object('batch/v1', 'CronJob', { spec: { ...spec, jobTemplate: { spec: { ...template, ...jobSpec } } } });
const budget = (name: string, spec: object, namespace = 'shop') => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace },
  spec,
});
const running = (name: string, replicas: number, labels: object = { app: 'cart' }) =>
  object(
    'apps/v1',
    'Deployment',
    { spec: { replicas, template: { ...template.template, metadata: { labels } } } },
    name,
  );
const autoscaler = (spec: object, kind = 'Deployment') =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind, name: 'cart' }, ...spec },
  });
const cart = { selector: { matchLabels: { app: 'cart' } } };

export const operationsCases: readonly RuleCase[] = [
  {
    rule: 'job-without-ttl',
    fails: [
      job(),
      cronJob(),
      cronJob({ failedJobsHistoryLimit: 0 }),
      cronJob({ successfulJobsHistoryLimit: 0 }),
    ],
    says: [
      'Job shop/migrate: its finished pods keep billing on Fargate. Set spec.ttlSecondsAfterFinished, for example to 300.',
      'CronJob shop/cart: its finished pods keep billing on Fargate. Set spec.jobTemplate.spec.ttlSecondsAfterFinished, for example to 300.',
      'CronJob shop/cart: its finished pods keep billing on Fargate. Set spec.jobTemplate.spec.ttlSecondsAfterFinished, for example to 300.',
      'CronJob shop/cart: its finished pods keep billing on Fargate. Set spec.jobTemplate.spec.ttlSecondsAfterFinished, for example to 300.',
    ],
    passes: {
      'a Job with a TTL': [job({ ttlSecondsAfterFinished: 0 })],
      'a CronJob with a TTL': [cronJob({}, { ttlSecondsAfterFinished: 60 })],
      'a CronJob that keeps no history': [
        cronJob({ successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 0 }),
      ],
      'a hook that Helm deletes': [
        job({}, { 'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded' }),
      ],
      'a Job of another API group': [
        object('batch.volcano.sh/v1alpha1', 'Job', { spec: { ...template, tasks: [] } }),
      ],
      'a hook that Argo CD deletes': [job({}, { 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded' })],
    },
  },
  {
    rule: 'several-budgets',
    fails: [
      deployment(),
      budget('first', cart),
      budget('second', {
        selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['cart'] }] },
      }),
      budget('elsewhere', cart, 'other'),
      budget('nothing', {}),
    ],
    says: [
      'Deployment shop/cart: 2 PodDisruptionBudgets match its pods (first, second), so no eviction succeeds. Keep one, or narrow their selectors.',
    ],
    passes: {
      'one budget': [deployment(), budget('first', cart)],
      'pods whose labels the deploy knows': [
        deployment({}, { labels: { app: 'cart', id: '${Token[ID.1]}' } }),
        budget('first', cart),
        budget('second', cart),
      ],
      'a budget for other pods': [
        deployment(),
        budget('first', cart),
        budget('second', { selector: { matchLabels: { app: 'ui' } } }),
        budget('third', {
          selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['cart'] }] },
        }),
        budget('fourth', {
          selector: { matchLabels: { app: 'cart' }, matchExpressions: [{ key: 'x', operator: 'Exists' }] },
        }),
      ],
    },
  },
  {
    rule: 'budget-blocks-eviction',
    fails: [
      deployment(),
      budget('strict', { ...cart, maxUnavailable: 0 }),
      budget('percent', { ...cart, maxUnavailable: '0%' }),
      budget('all', { ...cart, minAvailable: '100%' }),
    ],
    says: [
      'PodDisruptionBudget shop/strict: maxUnavailable 0 blocks every eviction of Deployment shop/cart, so Fargate patching deletes the pods. Write maxUnavailable: 1.',
      'PodDisruptionBudget shop/percent: maxUnavailable 0% blocks every eviction of Deployment shop/cart, so Fargate patching deletes the pods. Write maxUnavailable: 1.',
      'PodDisruptionBudget shop/all: minAvailable 100% blocks every eviction of Deployment shop/cart, so Fargate patching deletes the pods. Write maxUnavailable: 1.',
    ],
    passes: {
      'one pod that may go': [deployment(), budget('fine', { ...cart, maxUnavailable: 1 })],
      'one replica more than must stay': [deployment(), budget('fine', { ...cart, minAvailable: 1 })],
    },
  },
  {
    rule: 'budget-blocks-eviction',
    fails: [deployment(), budget('strict', { ...cart, minAvailable: 2 })],
    says: [
      'PodDisruptionBudget shop/strict: minAvailable 2 with 2 replicas blocks every eviction of Deployment shop/cart, so Fargate patching deletes the pods. Write maxUnavailable: 1, or run 3 replicas.',
    ],
    passes: {
      'half of the pods': [deployment(), budget('fine', { ...cart, minAvailable: '50%' })],
      'a small part that may go, which is rounded up': [
        deployment(),
        budget('fine', { ...cart, maxUnavailable: '1%' }),
      ],
      'as many pods as one of its Deployments has': [
        running('cart', 2),
        running('cart-canary', 2),
        budget('fine', { ...cart, minAvailable: 2 }),
      ],
      'an amount that the API server refuses': [
        deployment(),
        budget('word', { ...cart, minAvailable: 'all 9' }),
        budget('unit', { ...cart, minAvailable: '9 pods' }),
      ],
      'a DaemonSet, which no deploy scales': [
        object('apps/v1', 'DaemonSet', {
          spec: { template: { ...template.template, metadata: { labels: { app: 'cart' } } } },
        }),
        budget('fine', { ...cart, minAvailable: 1 }),
      ],
      'pods that are not there': [running('cart', 0), budget('fine', { ...cart, minAvailable: 1 })],
      'pods of another namespace': [deployment(), budget('fine', { ...cart, maxUnavailable: 0 }, 'other')],
    },
  },
  {
    rule: 'budget-blocks-eviction',
    fails: [
      running('cart', 1),
      running('none', 0),
      budget('half', { ...cart, minAvailable: '50%' }),
      budget('most', { ...cart, minAvailable: '75%' }),
      budget('part', { ...cart, minAvailable: '60%' }),
    ],
    says: [
      'PodDisruptionBudget shop/half: minAvailable 50% with 1 replica blocks every eviction of Deployment shop/cart, so Fargate patching deletes the pods. Write maxUnavailable: 1, or run 2 replicas.',
      'PodDisruptionBudget shop/most: minAvailable 75% with 1 replica blocks every eviction of Deployment shop/cart, so Fargate patching deletes the pods. Write maxUnavailable: 1, or run 4 replicas.',
      'PodDisruptionBudget shop/part: minAvailable 60% with 1 replica blocks every eviction of Deployment shop/cart, so Fargate patching deletes the pods. Write maxUnavailable: 1, or run 3 replicas.',
    ],
    passes: {
      'a Deployment that an autoscaler keeps at two': [
        running('cart', 1),
        autoscaler({ minReplicas: 2 }),
        budget('fine', { ...cart, minAvailable: '50%' }),
      ],
      'so many pods that a part may go': [
        running('cart', 4),
        budget('fine', { ...cart, minAvailable: '75%' }),
      ],
      'two of three, where 60 percent are to stay': [
        running('cart', 3),
        budget('fine', { ...cart, minAvailable: '60%' }),
      ],
    },
  },
  {
    rule: 'budget-blocks-eviction',
    fails: [
      running('cart', 1),
      running('none', 0),
      autoscaler({}),
      autoscaler({ minReplicas: 2 }, 'StatefulSet'),
      budget('strict', { ...cart, minAvailable: 1 }),
    ],
    says: [
      'PodDisruptionBudget shop/strict: minAvailable 1 with 1 replica blocks every eviction of Deployment shop/cart, so Fargate patching deletes the pods. Write maxUnavailable: 1, or run 2 replicas.',
    ],
    passes: {},
  },
  {
    rule: 'budget-blocks-eviction',
    fails: [
      ...[1, 2, 3, 4, 5].map((index) => running(`cart-${index}`, 1)),
      budget('strict', { ...cart, minAvailable: 5 }),
    ],
    says: [
      'PodDisruptionBudget shop/strict: minAvailable 5 with 5 replicas blocks every eviction of Deployment shop/cart-1, Deployment shop/cart-2, Deployment shop/cart-3 and 2 more, so Fargate patching deletes the pods. Write maxUnavailable: 1, or run 6 replicas.',
    ],
    passes: {},
  },
  {
    rule: 'capacity-annotation',
    fails: [deployment({}, { annotations: { CapacityProvisioned: '1vCPU 2GB' } })],
    says: [
      'Deployment shop/cart: the annotation CapacityProvisioned has no effect: Fargate sizes a pod by its requests. Remove it, and set resources.requests.',
    ],
    passes: { 'another annotation': [deployment({}, { annotations: { 'prometheus.io/port': '8080' } })] },
  },
];
