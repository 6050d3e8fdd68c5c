import { container, deployment, withContainer, withResources } from './manifests';
import type { RuleCase } from './rule-cases';

export const sizingCases: readonly RuleCase[] = [
  {
    rule: 'bad-quantity',
    fails: [withResources({ requests: { cpu: '250 m', memory: '-1Gi' }, limits: { memory: ['1Gi'] } })],
    says: [
      'Deployment shop/cart, container "cart": resources.limits.memory is a list, not a quantity. Write a number of zero or more with a unit such as 250m, 0.5, 512Mi or 2.5G.',
      'Deployment shop/cart, container "cart": resources.requests.cpu is the string "250 m", not a quantity. Write a number of zero or more with a unit such as 250m, 0.5, 512Mi or 2.5G.',
      'Deployment shop/cart, container "cart": resources.requests.memory is the string "-1Gi", not a quantity. Write a number of zero or more with a unit such as 250m, 0.5, 512Mi or 2.5G.',
    ],
    passes: {
      'numbers and units': [
        withResources({ requests: { cpu: 0.5, memory: '2.5G' }, limits: { memory: '128974848e1' } }),
      ],
      'a quantity known at deploy time': [withResources({ requests: { cpu: '${Token[TOKEN.1]}' } })],
    },
  },
  {
    rule: 'unresolved-quantity',
    fails: [withResources({ requests: { cpu: '${Token[TOKEN.1]}', memory: -1.8881545897087505e289 } })],
    says: [
      'Deployment shop/cart: spec.template.spec.containers[0].resources.requests.cpu, spec.template.spec.containers[0].resources.requests.memory is known at deploy time only, so its size cannot be checked. Write the amount itself.',
    ],
    passes: { 'plain quantities': [withResources({ requests: { cpu: '1' } })] },
  },
  {
    rule: 'too-large',
    fails: [withResources({ requests: { cpu: '64', memory: '1Gi' } })],
    says: [
      'Deployment shop/cart: requests cpu 64000m and memory 1024Mi together, more than the largest Fargate size can carry: cpu 16000m and memory 122624Mi (120 GB less 256Mi for Kubernetes). Lower the requests, or split the pod.',
    ],
    passes: { 'the largest size': [withResources({ requests: { cpu: '16', memory: '122624Mi' } })] },
  },
  {
    rule: 'limit-above-request',
    fails: [
      withResources({ requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } }),
    ],
    says: [
      'Deployment shop/cart, container "cart": cpu limit 200m is above what the pod requests in all, 100m, and Fargate sizes the pod by its requests. Raise resources.requests.cpu to the limit, or lower the limit.',
      'Deployment shop/cart, container "cart": memory limit 128Mi is above what the pod requests in all, 64Mi, and Fargate sizes the pod by its requests. Raise resources.requests.memory to the limit, or lower the limit.',
    ],
    passes: {
      'limits without requests, which become requests': [
        withResources({ limits: { cpu: '2', memory: '2Gi' } }),
      ],
      'a limit within the sum of the pod': [
        deployment({
          containers: [
            container({ resources: { requests: { memory: '2Gi' }, limits: { memory: '3Gi' } } }),
            container({ name: 'helper', resources: { requests: { memory: '2Gi' } } }),
          ],
        }),
      ],
    },
  },
  {
    rule: 'limit-differs',
    fails: [
      deployment({
        containers: [
          container({ resources: { requests: { memory: '2Gi' }, limits: { memory: '3Gi' } } }),
          container({ name: 'helper', resources: { requests: { memory: '2Gi' } } }),
        ],
      }),
    ],
    says: [
      'Deployment shop/cart, container "cart": memory limit 3Gi differs from the request 2Gi, and Fargate wants them equal. Write the same amount in resources.requests.memory and resources.limits.memory.',
    ],
    passes: {
      'equal amounts in other words': [withResources({ requests: { cpu: '0.5' }, limits: { cpu: '500m' } })],
      'no limit': [
        withResources({ requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '512Mi' } }),
      ],
      'a limit that is already an error': [
        withResources({ requests: { cpu: '100m' }, limits: { cpu: '200m' } }),
      ],
    },
  },
  {
    rule: 'request-above-limit',
    fails: [withResources({ requests: { cpu: '1' }, limits: { cpu: '500m' } })],
    says: [
      'Deployment shop/cart, container "cart": cpu request 1 is above the limit 500m, which Kubernetes refuses. Raise resources.limits.cpu to the request.',
    ],
    passes: {
      'a request equal to its limit': [withResources({ requests: { cpu: '1' }, limits: { cpu: '1000m' } })],
    },
  },
  {
    rule: 'extended-resource',
    fails: [withResources({ limits: { 'nvidia.com/gpu': 1, 'hugepages-2Mi': '64Mi' } })],
    says: [
      'Deployment shop/cart, container "cart": resource nvidia.com/gpu (1) does not exist on Fargate nodes, and the pod would stay Pending. Remove it from resources, or run the pod on EC2.',
      'Deployment shop/cart, container "cart": resource hugepages-2Mi (64Mi) does not exist on Fargate nodes, and the pod would stay Pending. Remove it from resources, or run the pod on EC2.',
    ],
    passes: {
      'what Fargate nodes have': [
        withResources({ requests: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '30Gi' } }),
      ],
      'none of it': [withResources({ limits: { 'nvidia.com/gpu': 0 } })],
    },
  },
  {
    rule: 'ephemeral-storage',
    fails: [withResources({ requests: { 'ephemeral-storage': '176Gi' } })],
    says: [
      'Deployment shop/cart: requests 180224Mi of ephemeral-storage together, and Fargate provisions 175Gi at the most. Lower resources.requests.ephemeral-storage, or mount an EFS volume.',
    ],
    passes: { 'as much as there is': [withResources({ requests: { 'ephemeral-storage': '175Gi' } })] },
  },
  {
    rule: 'sidecar-size',
    fails: [
      deployment({
        containers: [container({ resources: { requests: { cpu: '250m', memory: '256Mi' } } })],
        initContainers: [
          {
            name: 'proxy',
            restartPolicy: 'Always',
            resources: { requests: { cpu: '250m', memory: '256Mi' } },
          },
        ],
      }),
    ],
    says: [
      'Deployment shop/cart: 0.5vCPU 1GB counts its restartable init containers (sidecars) as Kubernetes does; should Fargate count them as init containers it provisions 0.25vCPU 0.5GB (unverified). Compare with the annotation CapacityProvisioned of a running pod, or make them ordinary containers.',
    ],
    passes: {
      'a sidecar that changes nothing': [
        deployment({ initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] }),
      ],
      'an ordinary init container': [
        deployment({ initContainers: [{ name: 'migrate', resources: { requests: { cpu: '4' } } }] }),
      ],
    },
  },
  {
    rule: 'pod-level-resources',
    fails: [deployment({ resources: { requests: { cpu: '1' } } })],
    says: [
      'Deployment shop/cart: spec.template.spec.resources may not count on Fargate, which sizes a pod by the requests of its containers (unverified), and neither is it counted here. Write resources for each container.',
    ],
    passes: { 'resources of the container': [withContainer({ resources: { requests: { cpu: '1' } } })] },
  },
];
