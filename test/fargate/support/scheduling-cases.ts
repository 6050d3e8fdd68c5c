import { deployment, object } from './manifests';
import type { RuleCase } from './rule-cases';

const checkout = {
  profiles: [{ name: 'checkout-profile', selectors: [{ namespace: 'shop', labels: { fargate: 'yes' } }] }],
};
const nodeTerms = (nodeSelectorTerms: readonly object[]) => ({
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  },
});
const affinity = (...requirements: readonly unknown[]) =>
  nodeTerms(requirements.map((requirement) => ({ matchExpressions: [requirement] })));
const nodeField = (operator: string) =>
  nodeTerms([{ matchFields: [{ key: 'metadata.name', operator, values: ['ip-10-0-0-1.ec2.internal'] }] }]);
const preferred = (topologyKey: string) => ({
  preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { topologyKey } }],
});
const antiAffinity = (topologyKey: string) => ({
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey }] } },
});
const daemonSet = (spec: object = {}, apiVersion = 'apps/v1') =>
  object(apiVersion, 'DaemonSet', {
    spec: { template: { spec: { containers: [{ name: 'agent' }], ...spec } } },
  });

export const schedulingCases: readonly RuleCase[] = [
  {
    rule: 'no-profile',
    fails: [
      deployment({}, { labels: { app: 'cart', tier: 'backend' } }),
      { ...deployment(), metadata: { name: 'cart', namespace: 'other' } },
    ],
    says: [
      'Deployment shop/cart: matches no Fargate profile and stays Pending: its pod labels {app: cart, …} lack fargate=yes (profile checkout-profile, selector namespace=shop). Add the label to spec.template.metadata.labels, or a selector to the profile.',
      'Deployment other/cart: matches no Fargate profile and stays Pending: no profile selects namespace other (selected: shop). Add a selector for the namespace to a profile, or use another namespace.',
    ],
    passes: {
      'a pod with the label': [deployment({}, { labels: { fargate: 'yes' } })],
      'a label known at deploy time': [deployment({}, { labels: { fargate: '${Token[TOKEN.1]}' } })],
    },
    options: checkout,
  },
  {
    rule: 'no-profile',
    fails: [deployment({}, { labels: {} })],
    says: [
      'Deployment shop/cart: matches no Fargate profile and stays Pending: its pod labels {} lack fargate=yes, tier=web (profile near, selector namespace=shop). Add the labels to spec.template.metadata.labels, or a selector to the profile.',
    ],
    passes: {},
    options: {
      profiles: [
        { name: 'far', selectors: [{ namespace: 'shop', labels: { a: '1', b: '2', c: '3' } }] },
        { name: 'near', selectors: [{ namespace: 'shop', labels: { fargate: 'yes', tier: 'web' } }] },
      ],
    },
  },
  {
    rule: 'no-profile',
    fails: [
      deployment({}, { labels: { fargate: 'yes', 'eks.amazonaws.com/fargate-profile': 'elsewhere' } }),
      deployment({}, { labels: { 'eks.amazonaws.com/fargate-profile': 'checkout-profile' } }),
    ],
    says: [
      'Deployment shop/cart: matches no Fargate profile and stays Pending: its label eks.amazonaws.com/fargate-profile names elsewhere, which has no selector for it. Remove the label, or name a profile that selects the pod.',
      'Deployment shop/cart: matches no Fargate profile and stays Pending: its pod labels {eks.amazonaws.com/fargate-profile: checkout-profile} lack fargate=yes (profile checkout-profile, selector namespace=shop). Add the label to spec.template.metadata.labels, or a selector to the profile.',
    ],
    passes: {},
    options: {
      profiles: [
        ...checkout.profiles,
        { name: 'elsewhere', selectors: [{ namespace: 'other' }, { namespace: 'another' }] },
      ],
    },
  },
  {
    rule: 'no-profile',
    fails: [deployment({}, { labels: { fargate: 'yes', 'eks.amazonaws.com/fargate-profile': 'checkout' } })],
    says: [
      'Deployment shop/cart: matches no Fargate profile and stays Pending: its label eks.amazonaws.com/fargate-profile names checkout, which does not exist. Remove the label, or name a profile that selects the pod.',
    ],
    passes: {
      'a label that names the profile': [
        deployment(
          {},
          { labels: { fargate: 'yes', 'eks.amazonaws.com/fargate-profile': 'checkout-profile' } },
        ),
      ],
    },
    options: checkout,
  },
  {
    rule: 'no-profile',
    fails: [],
    says: [],
    passes: { 'pods where no profile is known': [deployment()] },
    options: { profiles: [] },
  },
  {
    rule: 'unresolved-identity',
    fails: [deployment({}, { labels: { fargate: '${Token[TOKEN.1]}' } })],
    says: [
      'Deployment shop/cart: its namespace or a label is known at deploy time only, so its Fargate profile cannot be checked. Write the text itself where a profile selects by it.',
    ],
    passes: {
      'a label beside the selected one': [
        deployment({}, { labels: { fargate: 'yes', id: '${Token[TOKEN.1]}' } }),
      ],
    },
    options: checkout,
  },
  {
    rule: 'unresolved-identity',
    fails: [],
    says: [],
    passes: {
      'a label known at deploy time, where no profile is known': [
        deployment({}, { labels: { fargate: '${Token[TOKEN.1]}' } }),
      ],
    },
    options: { profiles: [] },
  },
  {
    rule: 'daemon-set',
    fails: [daemonSet(), daemonSet({ hostNetwork: true }, 'apps.kruise.io/v1alpha1')],
    says: [
      'DaemonSet shop/cart: Fargate does not support DaemonSets. Remove it, or run its containers as sidecars of the pods that need them.',
      'DaemonSet shop/cart: Fargate does not support DaemonSets. Remove it, or run its containers as sidecars of the pods that need them.',
    ],
    passes: {
      'one that its author keeps off Fargate': [
        daemonSet(
          affinity({ key: 'eks.amazonaws.com/compute-type', operator: 'NotIn', values: ['fargate'] }),
        ),
      ],
      'one for nodes with a GPU': [daemonSet({ nodeSelector: { 'nvidia.com/gpu.present': 'true' } })],
      'a kind of the same name that brings no pods': [object('apps.example.com/v1', 'DaemonSet')],
    },
  },
  {
    rule: 'daemon-set-without-node',
    fails: [daemonSet({ nodeSelector: { 'nvidia.com/gpu.present': 'true' } })],
    says: [
      'DaemonSet shop/cart: its nodeSelector or node affinity keeps it off Fargate nodes, and the cluster has no others. Remove it, or run its containers as sidecars.',
    ],
    passes: { 'one that is an error already': [daemonSet()] },
  },
  {
    rule: 'daemon-set',
    fails: [daemonSet()],
    says: [
      'DaemonSet shop/cart: Fargate does not support DaemonSets. Run its containers as sidecars, or keep it on EC2: required node affinity eks.amazonaws.com/compute-type NotIn [fargate].',
    ],
    passes: {},
    options: { target: 'cluster' },
  },
  {
    rule: 'daemon-set-without-node',
    fails: [],
    says: [],
    passes: {
      'one on its way to a cluster that may have EC2 nodes': [
        daemonSet({ nodeSelector: { 'nvidia.com/gpu.present': 'true' } }),
      ],
    },
    options: { target: 'cluster' },
  },
  {
    rule: 'unjudged-pods',
    fails: [
      object('monitoring.coreos.com/v1', 'Prometheus', { spec: { replicas: 2 } }),
      object('elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', { spec: { nodeSets: [{ count: 3 }] } }),
      object('tekton.dev/v1', 'TaskRun', { spec: { taskSpec: { steps: [{ image: 'x' }] } } }),
      object('opentelemetry.io/v1beta1', 'OpenTelemetryCollector', { spec: { mode: 'deployment' } }),
      object('batch.example.com/v1', 'Work', {
        spec: { jobs: [{}, { template: { spec: { containers: [{ name: '*' }, { name: 'work' }] } } }] },
      }),
      object('db.example.com/v1', 'Database', {
        spec: { storage: { volumeClaimTemplate: { spec: { storageClassName: 'gp3' } } } },
      }),
    ],
    says: [
      'Prometheus shop/cart: its pods are not judged (it makes a StatefulSet). Compare them with docs/rules.md and the Fargate profiles.',
      'Elasticsearch shop/cart: its pods are not judged (it makes StatefulSets). Compare them with docs/rules.md and the Fargate profiles.',
      'TaskRun shop/cart: its pods are not judged (it makes pods). Compare them with docs/rules.md and the Fargate profiles.',
      'OpenTelemetryCollector shop/cart: its pods are not judged (it makes a Deployment, a StatefulSet, a DaemonSet or sidecars). Compare them with docs/rules.md and the Fargate profiles.',
      'Work shop/cart: its pods are not judged (it makes what is in spec.jobs[1].template.spec.containers). Compare them with docs/rules.md and the Fargate profiles.',
      'Database shop/cart: its pods are not judged (it makes what is in spec.storage.volumeClaimTemplate). Compare them with docs/rules.md and the Fargate profiles.',
    ],
    passes: {
      'pods that are judged': [
        object('argoproj.io/v1alpha1', 'Rollout', {
          spec: { template: { spec: { containers: [{ name: 'cart' }] } } },
        }),
      ],
      'a definition': [
        object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
          spec: { versions: [{ containers: [{ name: 'cart' }], volumeClaimTemplate: {} }] },
        }),
      ],
      'an ephemeral volume of a built-in kind, which is a finding of its own': [
        deployment({ volumes: [{ name: 'data', ephemeral: { volumeClaimTemplate: {} } }] }),
        object('v1', 'Pod', { spec: { containers: [{ name: 'cart' }] } }),
      ],
      'a policy about containers': [
        object('kyverno.io/v1', 'ClusterPolicy', {
          spec: {
            rules: [{ validate: { pattern: { spec: { containers: [{ name: '*', image: '!*:latest' }] } } } }],
          },
        }),
      ],
      'names of containers': [object('example.com/v1', 'Report', { spec: { containers: ['cart'] } })],
      'no spec': [object('example.com/v1', 'Report')],
      'kinds of known groups that make no pods': [
        object('monitoring.coreos.com/v1', 'ServiceMonitor'),
        object('tekton.dev/v1', 'Task', { spec: { steps: [{ image: 'x' }] } }),
        object('example.com/v1', 'Prometheus'),
      ],
    },
  },
  {
    rule: 'compute-type',
    fails: [
      deployment({ hostNetwork: true }, { annotations: { 'eks.amazonaws.com/compute-type': 'ec2' } }),
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'cart',
          namespace: 'shop',
          annotations: { 'eks.amazonaws.com/compute-type': 'ec2' },
        },
        spec: { containers: [{ name: 'cart' }] },
      },
    ],
    says: [
      'Deployment shop/cart: annotation eks.amazonaws.com/compute-type: ec2 keeps the pod off Fargate. Remove it from spec.template.metadata.annotations.',
      'Pod shop/cart: annotation eks.amazonaws.com/compute-type: ec2 keeps the pod off Fargate. Remove it from metadata.annotations.',
    ],
    passes: {
      'the annotation of Fargate': [
        deployment({}, { annotations: { 'eks.amazonaws.com/compute-type': 'fargate' } }),
      ],
      'the annotation on the Deployment itself': [
        {
          ...deployment(),
          metadata: {
            name: 'cart',
            namespace: 'shop',
            annotations: { 'eks.amazonaws.com/compute-type': 'ec2' },
          },
        },
      ],
      'a DaemonSet': [daemonSet({ metadata: { annotations: { 'eks.amazonaws.com/compute-type': 'ec2' } } })],
    },
  },
  {
    rule: 'node-selector',
    fails: [
      deployment({ nodeSelector: { 'kubernetes.io/arch': 'arm64', disktype: 'ssd' } }),
      deployment({ nodeSelector: { 'kubernetes.io/hostname': 'ip-10-0-0-1.ec2.internal' } }),
      deployment({ nodeSelector: { 'node.kubernetes.io/instance-type': 'inf2.xlarge' } }),
      deployment({ nodeSelector: { 'beta.kubernetes.io/arch': 'arm64' } }),
    ],
    says: [
      'Deployment shop/cart: no Fargate node meets nodeSelector kubernetes.io/arch=arm64, disktype=ssd, and the pod stays Pending. Use an amd64 image, or run the pod on EC2.',
      'Deployment shop/cart: no Fargate node meets nodeSelector kubernetes.io/hostname=ip-10-0-0-1.ec2.internal, and the pod stays Pending. Run the pod on EC2, or remove what it does not need.',
      'Deployment shop/cart: no Fargate node meets nodeSelector node.kubernetes.io/instance-type=inf2.xlarge, and the pod stays Pending. Run the pod on EC2, or remove what it does not need.',
      'Deployment shop/cart: no Fargate node meets nodeSelector beta.kubernetes.io/arch=arm64, and the pod stays Pending. Use an amd64 image, or run the pod on EC2.',
    ],
    passes: {
      'labels of Fargate nodes': [
        deployment({
          nodeSelector: {
            'kubernetes.io/os': 'linux',
            'kubernetes.io/arch': 'amd64',
            'eks.amazonaws.com/compute-type': 'fargate',
          },
        }),
      ],
      'a zone or region, which Fargate honors': [
        'topology.kubernetes.io/zone',
        'topology.kubernetes.io/region',
        'failure-domain.beta.kubernetes.io/zone',
        'failure-domain.beta.kubernetes.io/region',
      ].map((label) => deployment({ nodeSelector: { [label]: 'us-west-2' } })),
      tolerations: [deployment({ tolerations: [{ key: 'gpu', operator: 'Exists' }] })],
    },
  },
  {
    rule: 'node-affinity',
    fails: [
      deployment(
        affinity({ key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['m7g.large'] }),
      ),
      deployment(affinity({ key: 'kubernetes.io/hostname', operator: 'DoesNotExist' })),
      deployment(
        affinity(
          { key: 'cpus', operator: 'Gt', values: ['4'] },
          { key: 'cpus', operator: 'Lt', values: ['2'] },
        ),
      ),
      deployment(affinity({ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] })),
      deployment(
        affinity(
          { key: 'kubernetes.io/os', operator: 'NotIn', values: ['windows', 'linux'] },
          { key: 'topology.kubernetes.io/zone', operator: 'DoesNotExist' },
        ),
      ),
      deployment(nodeField('In')),
    ],
    says: [
      'Deployment shop/cart: no Fargate node meets the required node affinity node.kubernetes.io/instance-type In [m7g.large], and the pod stays Pending. Run the pod on EC2, or remove what it does not need.',
      'Deployment shop/cart: no Fargate node meets the required node affinity kubernetes.io/hostname DoesNotExist, and the pod stays Pending. Run the pod on EC2, or remove what it does not need.',
      'Deployment shop/cart: no Fargate node meets the required node affinity cpus Gt [4], cpus Lt [2], and the pod stays Pending. Run the pod on EC2, or remove what it does not need.',
      'Deployment shop/cart: no Fargate node meets the required node affinity kubernetes.io/arch In [arm64], and the pod stays Pending. Use an amd64 image, or run the pod on EC2.',
      'Deployment shop/cart: no Fargate node meets the required node affinity kubernetes.io/os NotIn [windows, linux], topology.kubernetes.io/zone DoesNotExist, and the pod stays Pending. Run the pod on EC2, or remove what it does not need.',
      'Deployment shop/cart: no Fargate node meets the required node affinity metadata.name In [ip-10-0-0-1.ec2.internal], and the pod stays Pending. Run the pod on EC2, or remove what it does not need.',
    ],
    passes: {
      'either of two architectures': [
        deployment(affinity({ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64', 'amd64'] })),
      ],
      'labels that every Fargate node has': [
        deployment(affinity({ key: 'kubernetes.io/os', operator: 'Exists' })),
        deployment(affinity({ key: 'topology.kubernetes.io/zone', operator: 'Exists' })),
        deployment(affinity({ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['us-west-2a'] })),
      ],
      'values of a label that no Fargate node has': [
        deployment(affinity({ key: 'gpu', operator: 'NotIn', values: ['linux'] })),
        deployment(affinity({ key: 'kubernetes.io/os', operator: 'NotIn', values: ['windows'] })),
      ],
      'a key or a value that the deploy knows': [
        deployment(affinity({ key: '${Token[KEY.1]}', operator: 'In', values: ['m7g.large'] })),
        deployment(affinity({ key: 'gpu', operator: 'In', values: ['no', '${Token[VALUE.1]}'] })),
      ],
      'an operator that nobody knows': [deployment(affinity({ key: 'gpu', operator: 'Near' }))],
      'any node but one': [deployment(nodeField('NotIn'))],
      'any name of a node': [deployment(affinity({ key: 'kubernetes.io/hostname', operator: 'Exists' }))],
      'any name of a node but one': [
        deployment(affinity({ key: 'kubernetes.io/hostname', operator: 'NotIn', values: ['ip-10-0-0-1'] })),
      ],
      'an alternative that can be met': [
        deployment(affinity({ key: 'gpu', operator: 'Exists' }, { key: 'gpu', operator: 'DoesNotExist' })),
      ],
      'a preference': [
        deployment({
          affinity: {
            nodeAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                { weight: 1, preference: { matchExpressions: [{ key: 'gpu', operator: 'Exists' }] } },
              ],
            },
          },
        }),
      ],
    },
  },
  {
    rule: 'node-name',
    fails: [deployment({ nodeName: 'ip-10-0-0-1.ec2.internal' })],
    says: [
      'Deployment shop/cart: nodeName ip-10-0-0-1.ec2.internal bypasses the Fargate scheduler. Remove spec.template.spec.nodeName.',
    ],
    passes: { 'no node name': [deployment()] },
  },
  {
    rule: 'scheduler-name',
    fails: [deployment({ schedulerName: 'volcano' })],
    says: [
      'Deployment shop/cart: schedulerName volcano may keep the pod off Fargate (unverified). Remove spec.template.spec.schedulerName.',
    ],
    passes: {
      'the schedulers of Kubernetes and of Fargate': [
        deployment({ schedulerName: 'default-scheduler' }),
        deployment({ schedulerName: 'fargate-scheduler' }),
        deployment({ schedulerName: '' }),
      ],
    },
  },
  {
    rule: 'resource-claim',
    fails: [deployment({ resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }] })],
    says: [
      'Deployment shop/cart: no Fargate node has a driver for resource claim gpu, and the pod stays Pending. Run the pod on EC2.',
    ],
    passes: { 'no claims': [deployment({ resourceClaims: [] })] },
  },
  {
    rule: 'windows',
    fails: [deployment({ os: { name: 'windows' } })],
    says: [
      'Deployment shop/cart: Fargate does not support os windows. Remove spec.template.spec.os, and use a Linux image.',
    ],
    passes: { 'os linux': [deployment({ os: { name: 'linux' } })] },
  },
  {
    rule: 'windows',
    fails: [deployment({ securityContext: { windowsOptions: { hostProcess: true } } })],
    says: [
      'Deployment shop/cart: Fargate does not support windowsOptions. Remove spec.template.spec.securityContext.windowsOptions, and use a Linux image.',
    ],
    passes: { 'a security context': [deployment({ securityContext: { fsGroup: 1000 } })] },
  },
  {
    rule: 'no-spreading',
    fails: [
      deployment({
        ...antiAffinity('topology.kubernetes.io/zone'),
        topologySpreadConstraints: [{ topologyKey: 'topology.kubernetes.io/zone' }],
      }),
      deployment({
        affinity: {
          podAffinity: preferred('kubernetes.io/hostname'),
          podAntiAffinity: preferred('topology.kubernetes.io/zone'),
        },
      }),
    ],
    says: [
      'Deployment shop/cart: Fargate does not apply podAntiAffinity, topologySpreadConstraints. Remove what has no effect, or use a profile for each zone where an even spread matters (setting podZones).',
      'Deployment shop/cart: Fargate does not apply podAffinity, podAntiAffinity. Remove what has no effect, or use a profile for each zone where an even spread matters (setting podZones).',
    ],
    passes: {
      'distinct hosts, which one pod a node always has': [
        deployment(antiAffinity('kubernetes.io/hostname')),
        deployment({ topologySpreadConstraints: [{ topologyKey: 'kubernetes.io/hostname' }] }),
        deployment({
          affinity: {
            podAntiAffinity: preferred('kubernetes.io/hostname'),
          },
        }),
      ],
    },
  },
];
