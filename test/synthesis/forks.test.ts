import { Template } from 'aws-cdk-lib/assertions';
import * as cdk8s from 'cdk8s';
import { restrictedContainer, restrictedPod } from '../../charts/restricted-pod';
import { CheckedManifest } from '../../lib/constructs/workload/checked-manifest';
import { UserError } from '../../lib/user-error';
import { checkoutStack } from '../support/checkout-stack';

/**
 * Mistakes that forks make with manifests and profiles, and what the synthesis answers. All are made in one
 * stack, which is synthesized once: it reports all of them together.
 */
const stack = checkoutStack();
/** The profiles of the stack before any mistake: two, and those that a fork has added. */
const ownProfiles = [...stack.cluster.plan.profiles];

const resources = { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '512Mi' } };

/** A pod that is fine, but for what is changed. */
function podTemplate(spec: Record<string, unknown> = {}, container: Record<string, unknown> = {}) {
  return {
    metadata: { labels: { app: 'shop', fargate: 'yes' } },
    spec: {
      securityContext: restrictedPod(1000),
      containers: [
        { name: 'shop', image: 'shop:1', resources, securityContext: restrictedContainer, ...container },
      ],
      ...spec,
    },
  };
}

function workload(name: string, template: Record<string, unknown>, kind = 'Deployment', spec = {}) {
  const selector = { matchLabels: { app: 'shop' } };
  return {
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, namespace: 'checkout' },
    spec: { ...(kind === 'Job' ? {} : { selector }), ...spec, template },
  };
}

/** Names of as many profiles as bring the cluster to one more than the ten that it may have. */
function moreProfiles(): string[] {
  const wrongProfiles = 3;
  return Array.from({ length: 11 - ownProfiles.length - wrongProfiles }, (_, index) => `more-${index + 1}`);
}

/** Every namespace that the stack ends up selecting, once each. */
function selectedNamespaces(): string[] {
  const own = ownProfiles.flatMap(({ selectors }) => selectors.map(({ namespace }) => namespace));
  return [...new Set([...own, 'shop-a', 'shop-b', 'shop-c', ...moreProfiles()])];
}

type Mistake = readonly [
  mistake: string,
  objects: readonly cdk8s.ApiObjectProps[],
  messages: readonly string[],
];

const mistakes: readonly Mistake[] = [
  [
    'two owners of one object',
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'checkout', namespace: 'checkout' } }],
    [
      'ConfigMap checkout/checkout: is defined twice (CheckoutStack/Checkout/Dependencies and CheckoutStack/Mistake0): the one applied last wins. Remove one, or rename it.',
    ],
  ],
  [
    'two owners of one namespace',
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'checkout' } }],
    [
      'Namespace checkout: kubectl would delete it, and everything in it, as soon as it leaves the chart. Apply it in a CheckedManifest of its own, with prune: false.',
      'Namespace checkout: is defined twice (CheckoutStack/Checkout/Namespace and CheckoutStack/Mistake1): the one applied last wins. Remove one, or rename it.',
    ],
  ],
  [
    'no label for the profile',
    [workload('unlabelled', { ...podTemplate(), metadata: { labels: { app: 'shop' } } })],
    [
      'Deployment checkout/unlabelled: matches no Fargate profile and stays Pending: its pod labels {app: shop} lack fargate=yes (profile checkout-profile, selector namespace=checkout). Add the label to spec.template.metadata.labels, or a selector to the profile.',
    ],
  ],
  [
    'a namespace without a profile',
    [{ ...workload('elsewhere', podTemplate()), metadata: { name: 'elsewhere', namespace: 'shop' } }],
    [
      `Deployment shop/elsewhere: matches no Fargate profile and stays Pending: no profile selects namespace shop (selected: ${selectedNamespaces().slice(0, 3).join(', ')} and ${selectedNamespaces().length - 3} more). Add a selector for the namespace to a profile, or use another namespace.`,
    ],
  ],
  [
    'a DaemonSet',
    [workload('agent', podTemplate(), 'DaemonSet')],
    [
      'DaemonSet checkout/agent: Fargate does not support DaemonSets. Run its containers as sidecars of the pods that need them.',
    ],
  ],
  [
    'a directory of the host',
    [workload('host-path', podTemplate({ volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] }))],
    [
      'Deployment checkout/host-path: Fargate does not support hostPath volume logs. Use emptyDir, configMap, secret, projected, downwardAPI, or a claim on an EFS volume.',
    ],
  ],
  [
    'a volume of EBS',
    [
      workload(
        'ebs',
        podTemplate({ volumes: [{ name: 'data', awsElasticBlockStore: { volumeID: 'vol-1' } }] }),
      ),
    ],
    [
      'Deployment checkout/ebs: Fargate does not support awsElasticBlockStore volume data. Use emptyDir, configMap, secret, projected, downwardAPI, or a claim on an EFS volume.',
    ],
  ],
  [
    'the network of the host',
    [workload('host-network', podTemplate({ hostNetwork: true }))],
    [
      'Deployment checkout/host-network: Fargate does not support hostNetwork. Remove spec.template.spec.hostNetwork.',
    ],
  ],
  [
    'a port of the host',
    [workload('host-port', podTemplate({}, { ports: [{ containerPort: 80, hostPort: 80 }] }))],
    [
      'Deployment checkout/host-port, container "shop": Fargate does not support hostPort 80. Remove it from ports.',
    ],
  ],
  [
    'a privileged container',
    [
      workload(
        'privileged',
        podTemplate({}, { securityContext: { ...restrictedContainer, privileged: true } }),
      ),
    ],
    [
      'Deployment checkout/privileged, container "shop": Fargate does not support privileged containers. Remove securityContext.privileged.',
    ],
  ],
  [
    'a capability more',
    [
      workload(
        'capability',
        podTemplate(
          {},
          {
            securityContext: { ...restrictedContainer, capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } },
          },
        ),
      ),
    ],
    [
      'Deployment checkout/capability, container "shop": Fargate does not add capability NET_ADMIN. Remove it from securityContext.capabilities.add.',
      'Deployment checkout/capability, container "shop": namespace checkout enforces Pod Security "restricted", which refuses the pod. Write no capabilities.add in securityContext.',
    ],
  ],
  [
    'no security context',
    [workload('careless', podTemplate({ securityContext: {} }, { securityContext: {} }))],
    [
      'Deployment checkout/careless, container "shop": namespace checkout enforces Pod Security "restricted", which refuses the pod. Write allowPrivilegeEscalation: false, capabilities.drop: [ALL], runAsNonRoot: true, seccompProfile.type: RuntimeDefault in securityContext.',
    ],
  ],
  [
    'a GPU',
    [workload('gpu', podTemplate({}, { resources: { limits: { 'nvidia.com/gpu': 1 } } }))],
    [
      'Deployment checkout/gpu, container "shop": Fargate nodes have no nvidia.com/gpu (1), and the pod stays Pending. Remove it from resources, or run the pod on EC2.',
    ],
  ],
  [
    'Arm',
    [workload('arm', podTemplate({ nodeSelector: { 'kubernetes.io/arch': 'arm64' } }))],
    [
      'Deployment checkout/arm: no Fargate node meets nodeSelector kubernetes.io/arch=arm64, and the pod stays Pending. Remove it, or run the pod on EC2.',
    ],
  ],
  [
    'more than Fargate has',
    [workload('huge', podTemplate({}, { resources: { requests: { cpu: '64', memory: '512Gi' } } }))],
    [
      'Deployment checkout/huge: requests cpu 64000m and memory 512Gi, and the largest Fargate size has cpu 16000m and memory 122624Mi. Lower the requests, or split the pod.',
    ],
  ],
  [
    'a limit above the request',
    [workload('burst', podTemplate({}, { resources: { requests: { cpu: '250m' }, limits: { cpu: '2' } } }))],
    [
      'Deployment checkout/burst, container "shop": cpu limit 2 is above the 0.25 vCPU of the pod’s Fargate size, and kept containers from starting in 2022 (unverified today). Leave the limit out, or raise the requests.',
    ],
  ],
  [
    'a quantity that is none',
    [workload('quantity', podTemplate({}, { resources: { requests: { memory: '512MB' } } }))],
    [
      'Deployment checkout/quantity, container "shop": resources.requests.memory is the string "512MB", not a quantity. Write a number of zero or more with a unit, such as 250m, 0.5, 512Mi or 2.5G.',
    ],
  ],
  [
    'the port of the kubelet',
    [workload('metrics', podTemplate({}, { ports: [{ containerPort: 10_250 }] }))],
    [
      'Deployment checkout/metrics, container "shop": containerPort 10250 belongs to the kubelet on Fargate. Use another port.',
    ],
  ],
  [
    'a Secret',
    [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'password', namespace: 'checkout' },
        stringData: { password: 'hunter2' },
      },
    ],
    [
      'Secret checkout/password: its values end in plain text in the CloudFormation template. Keep them in AWS Secrets Manager, and let the pod read them with its IAM role.',
    ],
  ],
  [
    'an API that is gone',
    [
      {
        apiVersion: 'policy/v1beta1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'old', namespace: 'checkout' },
      },
    ],
    [
      'PodDisruptionBudget checkout/old: Kubernetes serves no policy/v1beta1 since 1.25 (the cluster has 1.36). Write apiVersion: policy/v1.',
    ],
  ],
  [
    'a Namespace that is pruned',
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }],
    [
      'Namespace shop: kubectl would delete it, and everything in it, as soon as it leaves the chart. Apply it in a CheckedManifest of its own, with prune: false.',
    ],
  ],
  [
    'a field of the wrong type',
    [workload('typo', podTemplate({ containers: { name: 'shop' } }))],
    [
      'Deployment checkout/typo: has no containers. Write at least one in spec.template.spec.containers.',
      'Deployment checkout/typo: spec.template.spec.containers is a map, not a list. Correct the type.',
    ],
  ],
];

const idOf = (index: number) => `Mistake${index}`;
for (const [index, [, objects]] of mistakes.entries()) {
  const chart = new cdk8s.Chart(new cdk8s.App(), 'chart');
  for (const [position, object] of objects.entries()) {
    new cdk8s.ApiObject(chart, String(position), object);
  }
  new CheckedManifest(stack, idOf(index), { cluster: stack.cluster, chart });
}

const { cluster } = stack;
cluster.addProfile('Reserved', { name: 'eks-shop', selectors: [{ namespace: 'shop-a' }] });
cluster.addProfile('Again', { name: 'checkout-profile', selectors: [{ namespace: 'shop-b' }] });
cluster.addProfile('Long', { name: 'shop'.repeat(16), selectors: [{ namespace: 'shop-c' }] });
for (const name of moreProfiles()) {
  cluster.addProfile(name, { name, selectors: [{ namespace: name }] });
}

function refusal(): string[] {
  try {
    Template.fromStack(stack);
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  throw new Error('the synthesis accepts everything');
}
const lines = refusal();

test.each(mistakes.map(([mistake, , messages], index) => [mistake, index, messages] as const))(
  '%s',
  (_mistake, index, messages) => {
    const start = `[CheckoutStack/${idOf(index)}] `;
    expect(lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length))).toEqual(
      messages,
    );
  },
);

test('profiles that EKS would refuse', () => {
  const start = '[CheckoutStack/Cluster] ';
  expect(lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length))).toEqual([
    'FargateProfile eks-shop: EKS reserves names that start with eks-. Choose another, such as shop.',
    'FargateProfile checkout-profile: another profile has the name. Choose another.',
    "FargateProfile shopshopshopshopshopshopshopshopshopshopshopshopshopshopshopshop: the name is not a label value. Use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends.",
    `FargateProfile ${moreProfiles().at(-1)}: the cluster has 11 profiles, and EKS allows 10. Join some: a profile may have 5 selectors, with wildcards.`,
  ]);
});

test.each([
  [
    'more selectors than a profile takes',
    ['a', 'b', 'c', 'd', 'e', 'f'].map((namespace) => ({ namespace })),
    'FargateProfile wrong: has 6 selectors, and EKS allows 5. Use wildcards, or a second profile.',
  ],
  [
    'more labels than a selector takes',
    [{ namespace: 'shop', labels: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' } }],
    'FargateProfile wrong: selector namespace=shop has 6 labels, and EKS allows 5. Select by fewer.',
  ],
  [
    'a profile for nothing',
    [],
    'FargateProfile wrong: has no selector. Write one, with the namespace of its pods.',
  ],
])('%s', (_mistake, selectors, message) => {
  expect(() => cluster.addProfile('Wrong', { name: 'wrong', selectors })).toThrow(new UserError([message]));
});

test('an id for two profiles', () => {
  expect(() =>
    cluster.addProfile('CheckoutProfile', { name: 'other', selectors: [{ namespace: 'shop' }] }),
  ).toThrow(
    new Error("There is already a Construct with name 'CheckoutProfileRole' in FargateOnlyCluster [Cluster]"),
  );
});

test('nothing else is refused', () => {
  expect(lines).toHaveLength(mistakes.flatMap(([, , messages]) => messages).length + 4);
});
