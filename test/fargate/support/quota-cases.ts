import { container, deployment, object } from './manifests';
import type { RuleCase } from './rule-cases';

const quota = (hard: object, spec: object = {}) =>
  object('v1', 'ResourceQuota', { spec: { hard, ...spec } }, 'team');
const requests = { cpu: '500m', memory: '1Gi' };
const sized = (resources: object = { requests }) => [container({ resources })];
/** Pods that request 500m and 1Gi each. */
const cart = (replicas: number, strategy: object = {}, containers: readonly unknown[] = sized()) =>
  object('apps/v1', 'Deployment', { spec: { replicas, strategy, template: { spec: { containers } } } });
const rolling = (maxUnavailable: unknown, maxSurge?: unknown) => ({
  rollingUpdate: { maxUnavailable, ...(maxSurge !== undefined && { maxSurge }) },
});
const job = (name = 'report') =>
  object('batch/v1', 'Job', { spec: { template: { spec: { containers: sized() } } } }, name);
const autoscaledTo = (maxReplicas: number) => [
  object('apps/v1', 'Deployment', { spec: { template: { spec: { containers: sized() } } } }),
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'cart' }, minReplicas: 2, maxReplicas },
  }),
];
const autoscaled = autoscaledTo(6);
const service = (spec: object, name?: string) => object('v1', 'Service', { spec }, name);
const inNamespace = (namespace: string, manifest: object) => ({
  ...manifest,
  metadata: { name: 'other', namespace },
});

export const quotaCases: readonly RuleCase[] = [
  {
    rule: 'quota-request',
    fails: [
      quota({ 'requests.memory': '4Gi', 'limits.cpu': '4', pods: '9' }),
      cart(1, {}, [container({ resources: { requests } }), container({ name: 'proxy' })]),
    ],
    says: [
      'Deployment shop/cart: ResourceQuota shop/team counts requests.memory, and the API server refuses a pod without it (container "proxy"); ResourceQuota shop/team counts limits.cpu, and the API server refuses a pod without it (containers "cart", "proxy"). Set resources.requests.memory. Set resources.limits.cpu.',
    ],
    passes: {
      'all that it counts': [quota({ 'requests.memory': '4Gi', 'requests.cpu': '4' }), cart(1)],
      'a limit, which is the request too': [
        quota({ memory: '4Gi' }),
        cart(1, {}, sized({ limits: { memory: '1Gi' } })),
      ],
      'the default of a LimitRange': [
        quota({ 'limits.cpu': '4' }),
        object('v1', 'LimitRange', { spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] } }),
        cart(1),
      ],
      'ephemeral storage, which may be left out': [quota({ 'requests.ephemeral-storage': '9Gi' }), cart(1)],
      'requests of the whole pod': [
        quota({ cpu: '4' }),
        deployment({ resources: { requests: { cpu: '1' } } }),
      ],
      'an amount that the deploy knows': [
        quota({ cpu: '4' }),
        cart(1, {}, sized({ requests: { cpu: '${Token[CPU.1]}' } })),
      ],
      'a quota of some pods': [quota({ cpu: '4' }, { scopes: ['BestEffort'] }), deployment()],
      'another quota of some pods': [quota({ cpu: '4' }, { scopeSelector: {} }), deployment()],
      'a quota of another namespace': [inNamespace('other', quota({ cpu: '4' })), deployment()],
      'a quota of pods': [quota({ pods: '4' }), deployment()],
    },
  },
  {
    rule: 'quota-request',
    fails: [
      quota({ memory: '4Gi' }),
      deployment({ initContainers: [container({ name: 'init' })], containers: sized() }),
      { ...job(), spec: { template: { spec: { containers: [container()] } } } },
    ],
    says: [
      'Deployment shop/cart, init container "init": ResourceQuota shop/team counts requests.memory, and the API server refuses a pod without it. Set resources.requests.memory.',
      'Job shop/report, container "cart": ResourceQuota shop/team counts requests.memory, and the API server refuses a pod without it. Set resources.requests.memory.',
    ],
    passes: {},
  },
  {
    rule: 'quota-services',
    fails: [
      quota({ services: 1, 'services.loadbalancers': 0, 'services.nodeports': 1 }),
      service({ type: 'LoadBalancer', ports: [{ port: 80 }] }),
      service({ type: 'NodePort', ports: [{ port: 80 }, { port: 81 }] }, 'other'),
    ],
    says: [
      'ResourceQuota shop/team: services 1 is less than the 2 of Service shop/cart, Service shop/other, and the API server refuses the rest; services.loadbalancers 0 is less than the 1 of Service shop/cart, and the API server refuses the rest; services.nodeports 1 is less than the 3 of Service shop/cart, Service shop/other, and the API server refuses the rest. Raise it to 2. Leave spec.type out of the Service, and expose it in the stack (docs/ingress.md).',
    ],
    passes: {
      'Services inside the cluster': [
        quota({ services: 2, 'services.loadbalancers': 0, 'services.nodeports': 0 }),
        service({ ports: [{ port: 80 }] }),
        service({ type: 'ClusterIP', ports: [{ port: 80 }] }, 'other'),
      ],
      'a load balancer without node ports': [
        quota({ 'services.loadbalancers': 1, 'services.nodeports': 0 }),
        service({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] }),
      ],
      'a resource that is not of Services': [quota({ pods: 0 }), service({ ports: [{ port: 80 }] })],
      'Services of another namespace': [
        inNamespace('other', quota({ services: 0 })),
        service({ ports: [{ port: 80 }] }),
      ],
    },
  },
  {
    rule: 'quota-services',
    fails: [
      quota({ 'services.nodeports': 0 }),
      service({
        type: 'LoadBalancer',
        allocateLoadBalancerNodePorts: false,
        ports: [{ port: 80, nodePort: 30080 }, { port: 81 }],
      }),
      service({ type: 'NodePort', allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] }, 'other'),
    ],
    says: [
      'ResourceQuota shop/team: services.nodeports 0 is less than the 2 of Service shop/cart, Service shop/other, and the API server refuses the rest. Leave spec.type out of the Service, and expose it in the stack (docs/ingress.md).',
    ],
    passes: {},
  },
  {
    rule: 'quota-amount',
    fails: [quota({ 'requests.cpu': '1 core', memory: '-1Gi', pods: 1.5 }, { scopes: ['BestEffort'] })],
    says: [
      'ResourceQuota shop/team: spec.hard.requests.cpu is the string "1 core", not a quantity; spec.hard.memory is the string "-1Gi", not a quantity; spec.hard.pods is 1.5, not a whole number. Write a number of zero or more with a unit, such as 250m, 0.5, 512Mi or 2.5G. Write a whole number of zero or more.',
    ],
    passes: {
      'numbers and units': [quota({ cpu: 0.5, 'requests.memory': '2.5G', pods: '0', services: '1k' })],
      'an amount that the deploy knows': [quota({ cpu: '${Token[CPU.1]}' })],
    },
  },
  {
    rule: 'quota-too-small',
    fails: [
      quota({ pods: 2, 'requests.cpu': '1', 'requests.memory': '2Gi', 'limits.memory': '1Gi' }),
      cart(3),
    ],
    says: [
      'ResourceQuota shop/team: pods 2 is less than the 3 of Deployment shop/cart, and the API server refuses the rest; requests.cpu 1 is less than the 1500m of Deployment shop/cart, and the API server refuses the rest; requests.memory 2Gi is less than the 3Gi of Deployment shop/cart, and the API server refuses the rest. Raise it to 4, which has room for an update. Raise it to 2000m, which has room for an update. Raise it to 4Gi, which has room for an update.',
    ],
    passes: {
      'exactly as many': [quota({ pods: 3, cpu: '1500m', memory: '3Gi' }), cart(3)],
      'a DaemonSet, which is refused for itself': [
        quota({ pods: 0 }),
        object('apps/v1', 'DaemonSet', { spec: { template: { spec: { containers: sized() } } } }),
      ],
      'Jobs, which come later': [quota({ pods: 1 }), cart(1), job(), job('other')],
      'an amount that is none': [quota({ pods: 'few' }), cart(3)],
      'what is not about pods': [quota({ services: 1, 'count/deployments.apps': 1 }), cart(3)],
      'a quota of another namespace': [inNamespace('other', quota({ pods: 1 })), cart(3)],
      'the pods of an autoscaler at its minimum': [quota({ pods: 2 }), ...autoscaled],
    },
  },
  {
    rule: 'quota-too-small',
    fails: [
      quota({ 'count/pods': 1, 'limits.memory': '1Gi' }),
      cart(2, {}, sized({ limits: { memory: '1Gi' } })),
      inNamespace('shop', {
        ...object('v1', 'Pod', { spec: { containers: sized({ limits: { memory: '512Mi' } }) } }),
      }),
    ],
    says: [
      'ResourceQuota shop/team: count/pods 1 is less than the 3 of Deployment shop/cart, Pod shop/other, and the API server refuses the rest; limits.memory 1Gi is less than the 2560Mi of Deployment shop/cart, Pod shop/other, and the API server refuses the rest. Raise it to 4, which has room for an update. Raise it to 3584Mi, which has room for an update.',
    ],
    passes: {},
  },
  {
    rule: 'quota-too-small',
    fails: [quota({ pods: 1 }), deployment({}, { annotations: { 'eks.amazonaws.com/compute-type': 'ec2' } })],
    says: [
      'ResourceQuota shop/team: pods 1 is less than the 2 of Deployment shop/cart, and the API server refuses the rest. Raise it to 3, which has room for an update.',
    ],
    passes: {},
  },
  {
    rule: 'quota-update',
    fails: [quota({ cpu: '1500m' }), cart(3)],
    says: [
      'ResourceQuota shop/team: cpu 1500m has room for the 1500m of Deployment shop/cart, but not for one more pod, with which an update of Deployment shop/cart begins: it never ends. Raise it to 2000m, or set strategy.rollingUpdate.maxUnavailable: 1, which stops a pod first.',
    ],
    passes: {
      'room for one pod': [quota({ cpu: '2', pods: 4 }), cart(3)],
      'four pods, of which a quarter may stop': [quota({ pods: 4 }), cart(4)],
      'a pod that may stop': [quota({ pods: 3 }), cart(3, rolling(1))],
      'a share that may stop': [quota({ pods: 3 }), cart(3, rolling('34%'))],
      'no pod more, and so one that stops': [quota({ pods: 3 }), cart(3, rolling(0, 0))],
      'pods that all stop first': [quota({ pods: 3 }), cart(3, { type: 'Recreate' })],
      'no pods': [quota({ pods: 0 }), cart(0, rolling(0, 1))],
      'a StatefulSet, which stops a pod first': [quota({ pods: 3 }), { ...cart(3), kind: 'StatefulSet' }],
      'pods that do not fit as they are': [quota({ pods: 2 }), cart(3)],
    },
  },
  {
    rule: 'quota-update',
    fails: [
      quota({ pods: '5' }),
      cart(4, rolling('24%', 1)),
      inNamespace('shop', cart(1)),
      { ...cart(0), metadata: { name: 'none', namespace: 'shop' } },
    ],
    says: [
      'ResourceQuota shop/team: pods 5 has room for the 5 of Deployment shop/cart, Deployment shop/other, Deployment shop/none, but not for one more pod, with which an update of Deployment shop/cart begins: it never ends. Raise it to 6, or set strategy.rollingUpdate.maxUnavailable: 1, which stops a pod first.',
    ],
    passes: {},
  },
  {
    rule: 'quota-update',
    fails: [
      quota({ 'requests.cpu': '1' }),
      cart(1),
      inNamespace('shop', cart(1, {}, sized({ requests: { ...requests, cpu: '300m' } }))),
    ],
    says: [
      'ResourceQuota shop/team: requests.cpu 1 has room for the 800m of Deployment shop/cart, Deployment shop/other, but not for one more pod, with which an update of Deployment shop/cart begins: it never ends. Raise it to 1300m, or set strategy.rollingUpdate.maxUnavailable: 1, which stops a pod first.',
    ],
    passes: {},
  },
  {
    rule: 'quota-update',
    fails: [],
    says: [],
    passes: { 'manifests that may never be updated': [quota({ pods: 3 }), cart(3)] },
    options: { target: 'cluster' },
  },
  {
    rule: 'quota-maximum',
    fails: [quota({ pods: 3, cpu: '1500m' }), ...autoscaled],
    says: [
      'ResourceQuota shop/team: pods 3 is less than the 6 of Deployment shop/cart at the maximum of their autoscalers; cpu 1500m is less than the 3000m of Deployment shop/cart at the maximum of their autoscalers. Raise it to 6, or lower maxReplicas. Raise it to 3000m, or lower maxReplicas.',
    ],
    passes: {
      'room for all': [quota({ pods: 6 }), ...autoscaled],
      'no room for an update even now': [quota({ pods: 2 }), ...autoscaled],
      'pods that nothing scales': [quota({ pods: 4 }), cart(3)],
    },
  },
  {
    rule: 'quota-maximum',
    fails: [quota({ pods: 3 }), ...autoscaledTo(3)],
    says: [
      'ResourceQuota shop/team: pods 3 is less than the 4 of Deployment shop/cart at the maximum of their autoscalers, with one more pod for an update. Raise it to 4, or lower maxReplicas.',
    ],
    passes: {},
  },
];
