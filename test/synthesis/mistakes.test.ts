import { Template } from 'aws-cdk-lib/assertions';
import type { ApiObjectProps } from 'cdk8s';
import { restrictedContainer, restrictedPod } from '../../charts/restricted-pod';
import { CheckedManifest } from '../../lib/constructs/workload/checked-manifest';
import { refusals } from '../support/refusals';
import { objectsChart } from '../support/objects-chart';
import { withoutSuffixes } from '../support/profile-names';
import { testStack } from '../support/test-stack';

/**
 * Mistakes that people make with manifests and profiles, and what the synthesis answers. All are made in one
 * stack, which is synthesized once: it reports all of them together.
 */
const stack = testStack();
const resources = { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '512Mi' } };

/** A pod that is fine, but for what is changed. */
function podTemplate(spec: Record<string, unknown> = {}, container: Record<string, unknown> = {}) {
  return {
    metadata: { labels: { app: 'shop', compute: 'fargate' } },
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
    metadata: { name, namespace: 'web' },
    spec: { ...(kind === 'Job' ? {} : { selector }), ...spec, template },
  };
}

/** With the two of the stack, and one that is too long with its suffix, one profile more than a cluster may have. */
const moreProfiles = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `more-${number}-profile`);
const longName = `${'shop'.repeat(13)}-profile`;

type Mistake = readonly [mistake: string, objects: readonly ApiObjectProps[], messages: readonly string[]];

const mistakes: readonly Mistake[] = [
  [
    'two owners of one object',
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'web' } }],
    [
      'ConfigMap web/web: is defined twice (TestStack/Web/Settings and TestStack/Mistake0): the one applied last wins. Remove one, or rename it.',
    ],
  ],
  [
    'two owners of one namespace',
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } }],
    [
      'Namespace web: kubectl would delete it, and everything in it, as soon as it leaves the chart. Apply it in a CheckedManifest of its own, with prune: false.',
      'Namespace web: is defined twice (TestStack/Web/Namespace and TestStack/Mistake1): the one applied last wins. Remove one, or rename it.',
    ],
  ],
  [
    'no label for the profile',
    [workload('unlabelled', { ...podTemplate(), metadata: { labels: { app: 'shop' } } })],
    [
      'Deployment web/unlabelled: matches no Fargate profile and stays Pending: its pod labels {app: shop} lack compute=fargate (profile web-profile, selector namespace=web). Add the label to spec.template.metadata.labels, or a selector to the profile.',
    ],
  ],
  [
    'a namespace without a profile',
    [{ ...workload('elsewhere', podTemplate()), metadata: { name: 'elsewhere', namespace: 'shop' } }],
    [
      'Deployment shop/elsewhere: matches no Fargate profile and stays Pending: no profile selects namespace shop (selected: kube-system, web, shop-c and 8 more). Add a selector for the namespace to a profile, or use another namespace.',
    ],
  ],
  [
    'a DaemonSet',
    [workload('agent', podTemplate(), 'DaemonSet')],
    [
      'DaemonSet web/agent: Fargate does not support DaemonSets. Remove it, or run its containers as sidecars of the pods that need them.',
    ],
  ],
  [
    'a directory of the host',
    [workload('host-path', podTemplate({ volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] }))],
    [
      'Deployment web/host-path: namespace web refuses the pod (Pod Security restricted). Write no hostPath volume for the pod.',
      'Deployment web/host-path: Fargate does not support hostPath volume logs. Use emptyDir, configMap, secret, projected, downwardAPI, or a claim on an EFS volume.',
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
      'Deployment web/ebs: namespace web refuses the pod (Pod Security restricted). Write no awsElasticBlockStore volume for the pod.',
      'Deployment web/ebs: Fargate does not support awsElasticBlockStore volume data. Use emptyDir, configMap, secret, projected, downwardAPI, or a claim on an EFS volume.',
    ],
  ],
  [
    'the network of the host',
    [workload('host-network', podTemplate({ hostNetwork: true }))],
    [
      'Deployment web/host-network: Fargate does not support hostNetwork. Remove spec.template.spec.hostNetwork.',
      'Deployment web/host-network: namespace web refuses the pod (Pod Security restricted). Write no hostNetwork for the pod.',
    ],
  ],
  [
    'a port of the host',
    [workload('host-port', podTemplate({}, { ports: [{ containerPort: 80, hostPort: 80 }] }))],
    [
      'Deployment web/host-port, container "shop": Fargate does not support hostPort 80. Remove it from ports.',
      'Deployment web/host-port: namespace web refuses the pod (Pod Security restricted). Write no hostPort for container "shop".',
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
      'Deployment web/privileged, container "shop": Fargate does not support privileged containers. Remove securityContext.privileged.',
      'Deployment web/privileged: namespace web refuses the pod (Pod Security restricted). Write no privileged for container "shop".',
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
      'Deployment web/capability, container "shop": Fargate does not add capability NET_ADMIN. Remove it from securityContext.capabilities.add.',
      'Deployment web/capability: namespace web refuses the pod (Pod Security restricted). Write no capabilities.add for container "shop".',
    ],
  ],
  [
    'no security context',
    [workload('careless', podTemplate({ securityContext: {} }, { securityContext: {} }))],
    [
      'Deployment web/careless: namespace web refuses the pod (Pod Security restricted). Write runAsNonRoot: true, seccompProfile.type: RuntimeDefault for the pod; allowPrivilegeEscalation: false, capabilities.drop: [ALL] for container "shop".',
    ],
  ],
  [
    'a GPU',
    [workload('gpu', podTemplate({}, { resources: { limits: { 'nvidia.com/gpu': 1 } } }))],
    [
      'Deployment web/gpu, container "shop": Fargate nodes have no nvidia.com/gpu (1), and the pod stays Pending. Remove it from resources, or run the pod on EC2.',
    ],
  ],
  [
    'Arm',
    [workload('arm', podTemplate({ nodeSelector: { 'kubernetes.io/arch': 'arm64' } }))],
    [
      'Deployment web/arm: no Fargate node meets nodeSelector kubernetes.io/arch=arm64, and the pod stays Pending. Use an amd64 image, or run the pod on EC2.',
    ],
  ],
  [
    'more than Fargate has',
    [workload('huge', podTemplate({}, { resources: { requests: { cpu: '64', memory: '512Gi' } } }))],
    [
      'Deployment web/huge: requests cpu 64000m and memory 512Gi, and the largest Fargate size has cpu 16000m and memory 122624Mi. Lower the requests, or split the pod.',
    ],
  ],
  [
    'a limit above the request',
    [workload('burst', podTemplate({}, { resources: { requests: { cpu: '250m' }, limits: { cpu: '2' } } }))],
    [
      'Deployment web/burst, container "shop": cpu limit 2 is above the 0.25 vCPU of the pod’s Fargate size, and kept containers from starting in 2022 (unverified today). Leave the limit out, or raise the requests.',
    ],
  ],
  [
    'a quantity that is none',
    [workload('quantity', podTemplate({}, { resources: { requests: { memory: '512MB' } } }))],
    [
      'Deployment web/quantity, container "shop": resources.requests.memory is the string "512MB", not a quantity. Write a number of zero or more with a unit, such as 250m, 0.5, 512Mi or 2.5G.',
    ],
  ],
  [
    'the port of the kubelet',
    [workload('metrics', podTemplate({}, { ports: [{ containerPort: 10_250 }] }))],
    [
      'Deployment web/metrics, container "shop": containerPort 10250 belongs to the kubelet on Fargate. Use another port.',
    ],
  ],
  [
    'a Secret',
    [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'password', namespace: 'web' },
        stringData: { password: 'hunter2' },
      },
    ],
    [
      'Secret web/password: its values end in plain text in the CloudFormation template. Keep them in AWS Secrets Manager, and have External Secrets make the Secret (setting externalSecrets), or let the pod read them with its IAM role.',
    ],
  ],
  [
    'an API that is gone',
    [
      {
        apiVersion: 'policy/v1beta1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'old', namespace: 'web' },
      },
    ],
    [
      'PodDisruptionBudget web/old: Kubernetes serves no policy/v1beta1 since 1.25 (the cluster has 1.36). Write apiVersion: policy/v1.',
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
      'Deployment web/typo: has no containers. Write at least one in spec.template.spec.containers. Of a patch, give the output of kubectl kustomize.',
      'Deployment web/typo: spec.template.spec.containers is a map, not a list. Correct the type.',
    ],
  ],
];

const idOf = (index: number) => `Mistake${index}`;
for (const [index, [, objects]] of mistakes.entries()) {
  new CheckedManifest(stack, idOf(index), { cluster: stack.cluster, chart: objectsChart(objects) });
}

const { cluster } = stack;
cluster.addProfile('Long', { name: longName, selectors: [{ namespace: 'shop-c' }] });
for (const name of moreProfiles) {
  cluster.addProfile(name, { name, selectors: [{ namespace: name }] });
}

const lines = refusals(() => Template.fromStack(stack)).map(withoutSuffixes);

test.each(mistakes.map(([mistake, , messages], index) => [mistake, index, messages] as const))(
  '%s',
  (_mistake, index, messages) => {
    const start = `[TestStack/${idOf(index)}] `;
    expect(lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length))).toEqual(
      messages,
    );
  },
);

test('profiles that EKS would refuse', () => {
  const start = '[TestStack/Cluster] ';
  expect(lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length))).toEqual([
    `FargateProfile ${longName}: the name is not a label value. Use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends.`,
    'FargateProfile more-8-profile: the cluster has 11 profiles, and EKS allows 10. Join some: a profile may have 5 selectors, with wildcards.',
  ]);
});

test('nothing else is refused', () => {
  expect(lines).toHaveLength(mistakes.flatMap(([, , messages]) => messages).length + 2);
});
