import { container, deployment, withContainer, withResources, type Manifest } from './manifests';
import type { RuleCase } from './rule-cases';

const limitRange = (limits: Manifest, namespace = 'shop'): Manifest => ({
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'defaults', namespace },
  spec: { limits: [{ type: 'Container', ...limits }] },
});

export const sizingCases: readonly RuleCase[] = [
  {
    rule: 'bad-quantity',
    fails: [withResources({ requests: { cpu: '250 m', memory: '-1Gi' }, limits: { memory: ['1Gi'] } })],
    says: [
      'Deployment shop/cart, container "cart": resources.limits.memory is a list, not a quantity; resources.requests.cpu is the string "250 m", not a quantity; resources.requests.memory is the string "-1Gi", not a quantity. Write a number of zero or more with a unit, such as 250m, 0.5, 512Mi or 2.5G.',
    ],
    passes: {
      'numbers and units': [
        withResources({ requests: { cpu: 0.5, memory: '2.5G' }, limits: { memory: '128974848e1' } }),
      ],
      'no quantity': [withResources({ requests: { cpu: null } })],
      'a quantity known at deploy time': [withResources({ requests: { cpu: '${Token[TOKEN.1]}' } })],
    },
  },
  {
    rule: 'unresolved-quantity',
    fails: [withResources({ requests: { cpu: '${Token[TOKEN.1]}', memory: -1.8881545897087505e289 } })],
    says: [
      'Deployment shop/cart, container "cart": resources.requests.cpu is known at deploy time only, so the size is not; resources.requests.memory is known at deploy time only, so the size is not. Write the amount itself.',
    ],
    passes: { 'plain quantities': [withResources({ requests: { cpu: '1' } })] },
  },
  {
    rule: 'too-large',
    fails: [withResources({ requests: { cpu: '64', memory: '1Gi' } })],
    says: [
      'Deployment shop/cart: requests cpu 64000m and memory 1Gi, and the largest Fargate size has cpu 16000m and memory 122624Mi. Lower the requests, or split the pod.',
    ],
    passes: { 'the largest size': [withResources({ requests: { cpu: '16', memory: '122624Mi' } })] },
  },
  {
    rule: 'cpu-limit-above-size',
    fails: [withResources({ requests: { cpu: '250m' }, limits: { cpu: '251m' } })],
    says: [
      'Deployment shop/cart, container "cart": cpu limit 251m is above the 0.25 vCPU of the pod’s Fargate size, and kept containers from starting in 2022 (unverified today). Leave the limit out, or raise the requests.',
    ],
    passes: {
      'a limit above the requests, within the provisioned vCPU': [
        withResources({ requests: { cpu: '100m' }, limits: { cpu: '250m' } }),
      ],
      'a limit within the vCPU that the requests of all containers provision': [
        deployment({
          containers: [
            container({ resources: { requests: { cpu: '250m' }, limits: { cpu: '500m' } } }),
            container({ name: 'helper', resources: { requests: { cpu: '250m' } } }),
          ],
        }),
      ],
      'a memory limit above the size': [
        withResources({ requests: { memory: '64Mi' }, limits: { memory: '64Gi' } }),
      ],
      'limits without requests, which become requests': [
        withResources({ limits: { cpu: '2', memory: '2Gi' } }),
      ],
      'a pod that is too large for any size': [
        withResources({ requests: { cpu: '17' }, limits: { cpu: '18' } }),
      ],
    },
  },
  {
    rule: 'cpu-limit-above-size',
    fails: [
      deployment({
        containers: ['cart', 'helper'].map((name) =>
          container({ name, resources: { requests: { cpu: '100m' }, limits: { cpu: '2' } } }),
        ),
      }),
    ],
    says: [
      'Deployment shop/cart, containers "cart", "helper": cpu limit 2 is above the 0.25 vCPU of the pod’s Fargate size, and kept containers from starting in 2022 (unverified today). Leave the limit out, or raise the requests.',
    ],
    passes: {},
  },
  {
    rule: 'limit-differs',
    fails: [
      withResources({ requests: { cpu: '100m', memory: '200Mi' }, limits: { cpu: '200m', memory: '500Mi' } }),
    ],
    says: [
      'Deployment shop/cart, container "cart": limits cpu 200m, memory 500Mi differ from requests cpu 100m, memory 200Mi. Leave the limits out, or write the same amounts.',
    ],
    passes: {
      'equal amounts in other words': [withResources({ requests: { cpu: '0.5' }, limits: { cpu: '500m' } })],
      'no limit': [
        withResources({ requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '512Mi' } }),
      ],
      'a limit that is already an error': [
        withResources({ requests: { cpu: '100m' }, limits: { cpu: '300m' } }),
      ],
    },
  },
  {
    rule: 'limit-differs',
    fails: [
      deployment({
        initContainers: [
          container({ name: 'setup', resources: { requests: { memory: '1Gi' }, limits: { memory: '3Gi' } } }),
        ],
        containers: [
          container({ resources: { requests: { memory: '1Gi' }, limits: { memory: '3Gi' } } }),
          container({
            name: 'helper',
            resources: { requests: { memory: '2Gi' }, limits: { memory: '4Gi' } },
          }),
        ],
      }),
    ],
    says: [
      'Deployment shop/cart: limits memory 3Gi differ from requests memory 1Gi (init container "setup", container "cart"); limits memory 4Gi differ from requests memory 2Gi (container "helper"). Leave the limits out, or write the same amounts.',
    ],
    passes: {},
  },
  {
    rule: 'request-above-limit',
    fails: [withResources({ requests: { cpu: '1' }, limits: { cpu: '500m' } })],
    says: [
      'Deployment shop/cart, container "cart": cpu request 1 is above the limit 500m. Raise resources.limits.cpu, or leave it out.',
    ],
    passes: {
      'a request equal to its limit': [withResources({ requests: { cpu: '1' }, limits: { cpu: '1000m' } })],
    },
  },
  {
    rule: 'request-above-limit',
    fails: [
      limitRange({ default: { memory: '1Gi' } }),
      limitRange({ default: { memory: '4Gi' } }),
      withResources({ requests: { memory: '2Gi' } }),
    ],
    says: [
      'Deployment shop/cart, container "cart": memory request 2Gi is above the limit 1Gi (LimitRange defaults). Raise resources.limits.memory, or leave it out.',
    ],
    passes: {
      'a limit of its own': [
        limitRange({ default: { memory: '1Gi' } }),
        withResources({ requests: { memory: '2Gi' }, limits: { memory: '3Gi' } }),
      ],
      'the default of another namespace': [
        limitRange({ default: { memory: '1Gi' } }, 'other'),
        withResources({ requests: { memory: '2Gi' } }),
      ],
    },
  },
  {
    rule: 'extended-resource',
    fails: [withResources({ limits: { 'nvidia.com/gpu': 1, 'hugepages-2Mi': '64Mi' } })],
    says: [
      'Deployment shop/cart, container "cart": Fargate nodes have no nvidia.com/gpu (1), hugepages-2Mi (64Mi), and the pod stays Pending. Remove them from resources, or run the pod on EC2.',
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
    fails: [
      withResources({ requests: { 'ephemeral-storage': '176Gi' } }),
      withResources({ requests: { 'ephemeral-storage': '200G' } }),
      deployment({
        containers: ['a', 'b'].map((name) =>
          container({ name, resources: { requests: { 'ephemeral-storage': '90Gi' } } }),
        ),
      }),
    ],
    says: [
      'Deployment shop/cart: requests 176Gi of ephemeral-storage, and Fargate provisions at most 175Gi. Lower resources.requests.ephemeral-storage, or mount an EFS volume.',
      'Deployment shop/cart: requests 200G of ephemeral-storage, and Fargate provisions at most 175Gi. Lower resources.requests.ephemeral-storage, or mount an EFS volume.',
      'Deployment shop/cart: requests 180Gi of ephemeral-storage, and Fargate provisions at most 175Gi. Lower resources.requests.ephemeral-storage, or mount an EFS volume.',
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
      'Deployment shop/cart: Fargate provisions 0.5vCPU 1GB, or 0.25vCPU 0.5GB if it counts sidecars as init containers (unverified). Compare with a running pod, or make the sidecars ordinary containers.',
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
      'Deployment shop/cart: Fargate may not count spec.template.spec.resources (unverified). Write resources for each container.',
    ],
    passes: { 'resources of the container': [withContainer({ resources: { requests: { cpu: '1' } } })] },
  },
];
