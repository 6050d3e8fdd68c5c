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
const cart = { selector: { matchLabels: { app: 'cart' } } };

export const operationsCases: readonly RuleCase[] = [
  {
    rule: 'job-without-ttl',
    fails: [job(), cronJob()],
    says: [
      'Job shop/migrate: without ttlSecondsAfterFinished its finished pods keep billing on Fargate. Set spec.ttlSecondsAfterFinished, for example to 300.',
      'CronJob shop/cart: without ttlSecondsAfterFinished its finished pods keep billing on Fargate. Set spec.jobTemplate.spec.ttlSecondsAfterFinished, for example to 300.',
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
      'Deployment shop/cart: 2 PodDisruptionBudgets match its pods (first, second), so no eviction succeeds. Leave one, or narrow their selectors.',
    ],
    passes: {
      'one budget': [deployment(), budget('first', cart)],
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
    fails: [deployment(), budget('strict', { ...cart, maxUnavailable: 0 })],
    says: [
      'PodDisruptionBudget shop/strict: maxUnavailable 0 lets no pod of Deployment shop/cart be evicted, so a Fargate patch deletes it without regard to the budget. Write maxUnavailable: 1, or run one replica more.',
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
      'PodDisruptionBudget shop/strict: minAvailable 2 with 2 replicas lets no pod of Deployment shop/cart be evicted, so a Fargate patch deletes it without regard to the budget. Write maxUnavailable: 1, or run one replica more.',
    ],
    passes: { 'half of the pods': [deployment(), budget('fine', { ...cart, minAvailable: '50%' })] },
  },
  {
    rule: 'capacity-annotation',
    fails: [deployment({}, { annotations: { CapacityProvisioned: '1vCPU 2GB' } })],
    says: [
      'Deployment shop/cart: the annotation CapacityProvisioned has no effect: Fargate sizes a pod by its requests. Remove spec.template.metadata.annotations.CapacityProvisioned and set resources.requests.',
    ],
    passes: { 'another annotation': [deployment({}, { annotations: { 'prometheus.io/port': '8080' } })] },
  },
];
