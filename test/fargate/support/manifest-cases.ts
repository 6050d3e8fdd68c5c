import { container, deployment, object, withContainer } from './manifests';
import type { RuleCase } from './rule-cases';

const onePod = { spec: { containers: [container()] } };
const secret = object('v1', 'Secret', { stringData: { password: 'hunter2' } });

export const manifestCases: readonly RuleCase[] = [
  {
    rule: 'not-an-object',
    fails: ['text', null, [], 7, {}, { kind: 3 }],
    says: [
      ...[1, 2, 3, 4].map(
        (position) =>
          `object ${position}: is not a Kubernetes object. Write a map with apiVersion, kind and metadata.`,
      ),
      ...[5, 6].map(
        (position) =>
          `object ${position}: is not a Kubernetes object: it has no kind. Write a map with apiVersion, kind and metadata.`,
      ),
    ],
    passes: { 'an object': [deployment()] },
  },
  {
    rule: 'no-api-version',
    fails: [{ kind: 'ConfigMap', metadata: { name: 'cart' } }],
    says: ['ConfigMap default/cart: has no apiVersion. Write one, such as apps/v1 for a Deployment.'],
    passes: { 'an API version': [object('v1', 'ConfigMap')] },
  },
  {
    rule: 'no-name',
    fails: [
      { apiVersion: 'v1', kind: 'ConfigMap' },
      { apiVersion: 'example.com/v1', kind: 'AllowList', spec: {} },
    ],
    says: [
      'ConfigMap default/(no name): has no name. Write metadata.name.',
      'AllowList (no name): has no name. Write metadata.name.',
    ],
    passes: {
      'a List of nothing': [
        { apiVersion: 'v1', kind: 'List', items: null },
        { apiVersion: 'v1', kind: 'List', items: [] },
      ],
      'a generated name': [{ apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'migrate-' } }],
      'the configuration of kustomize': [
        { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' },
        { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' },
      ],
    },
  },
  {
    rule: 'no-containers',
    fails: [deployment({ containers: [], initContainers: [container()] })],
    says: [
      'Deployment shop/cart: has no containers. Write at least one in spec.template.spec.containers. Of a patch, give the output of kubectl kustomize.',
    ],
    passes: { 'a container': [deployment()] },
  },
  {
    rule: 'negative-count',
    fails: [
      object('apps/v1', 'StatefulSet', { spec: { replicas: -3, template: onePod } }),
      object('batch/v1', 'Job', { spec: { parallelism: -1, template: onePod } }),
      object('batch/v1', 'CronJob', {
        spec: { jobTemplate: { spec: { parallelism: -2, template: onePod } } },
      }),
    ],
    says: [
      'StatefulSet shop/cart: spec.replicas is -3. Write a whole number of zero or more.',
      'Job shop/cart: spec.parallelism is -1. Write a whole number of zero or more.',
      'CronJob shop/cart: spec.jobTemplate.spec.parallelism is -2. Write a whole number of zero or more.',
    ],
    passes: {
      'no pods at all': [object('apps/v1', 'StatefulSet', { spec: { replicas: 0, template: onePod } })],
      'a number known at deploy time': [
        object('apps/v1', 'StatefulSet', { spec: { replicas: -1.8881545897087505e289, template: onePod } }),
      ],
    },
  },
  {
    rule: 'duplicate-object',
    fails: [deployment(), { ...deployment(), apiVersion: 'apps/v1beta2' }, object('v1', 'Service')],
    says: [
      'Deployment shop/cart: is defined twice (object 1 and object 2): the one applied last wins. Remove one, or rename it.',
    ],
    passes: {},
  },
  {
    rule: 'duplicate-object',
    fails: [{ apiVersion: 'v1', kind: 'List', items: [deployment(), deployment()] }],
    says: [
      'Deployment shop/cart: is defined twice (both in object 1): the one applied last wins. Remove one, or rename it.',
    ],
    passes: {
      'one name in two namespaces': [
        object('v1', 'Service'),
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart', namespace: 'other' } },
      ],
      'one name in two API groups': [object('v1', 'Service'), object('serving.knative.dev/v1', 'Service')],
      'generated names': [1, 2].map(() => ({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { generateName: 'migrate-' },
      })),
    },
  },
  {
    rule: 'removed-api',
    fails: [
      object('policy/v1beta1', 'PodDisruptionBudget'),
      object('policy/v1beta1', 'PodSecurityPolicy'),
      object('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema'),
    ],
    says: [
      'PodDisruptionBudget shop/cart: Kubernetes serves no policy/v1beta1 since 1.25 (the cluster has 1.36). Write apiVersion: policy/v1.',
      'PodSecurityPolicy shop/cart: Kubernetes serves no policy/v1beta1 since 1.25 (the cluster has 1.36). Remove the object: it has no successor.',
      'FlowSchema shop/cart: Kubernetes serves no flowcontrol.apiserver.k8s.io/v1beta3 since 1.32 (the cluster has 1.36). Write apiVersion: flowcontrol.apiserver.k8s.io/v1.',
    ],
    passes: { 'a version that is served': [object('policy/v1', 'PodDisruptionBudget')] },
  },
  {
    rule: 'removed-api',
    fails: [object('flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema')],
    says: [
      'FlowSchema shop/cart: Kubernetes serves no flowcontrol.apiserver.k8s.io/v1beta2 since 1.29 (the cluster has 1.29). Write apiVersion: flowcontrol.apiserver.k8s.io/v1.',
    ],
    passes: { 'a version not yet removed': [object('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema')] },
    options: { kubernetesVersion: '1.29' },
  },
  {
    rule: 'removed-api',
    fails: [],
    says: [],
    passes: { 'a version that goes with the next': [object('storage.k8s.io/v1beta1', 'CSIStorageCapacity')] },
    options: { kubernetesVersion: '1.26' },
  },
  {
    rule: 'removed-api',
    fails: [object('storage.k8s.io/v1beta1', 'CSIStorageCapacity')],
    says: [
      'CSIStorageCapacity shop/cart: Kubernetes serves no storage.k8s.io/v1beta1 since 1.27 (the cluster has 1.27). Write apiVersion: storage.k8s.io/v1.',
    ],
    passes: {},
    options: { kubernetesVersion: '1.27' },
  },
  {
    rule: 'secret-in-template',
    fails: [secret],
    says: [
      'Secret shop/cart: its values end in plain text in the CloudFormation template. Keep them in AWS Secrets Manager, and have External Secrets make the Secret (setting externalSecrets), or let the pod read them with its IAM role.',
    ],
    passes: {
      'a Secret that something else fills': [
        object('v1', 'Secret', { type: 'kubernetes.io/service-account-token' }),
      ],
      'a Secret of another API group': [object('example.com/v1', 'Secret', { data: { password: 'x' } })],
      'a ConfigMap': [object('v1', 'ConfigMap', { data: { page: 'x' } })],
    },
  },
  {
    rule: 'secret-in-template',
    fails: [],
    says: [],
    passes: { 'a Secret on its way to a cluster': [secret] },
    options: { target: 'cluster' },
  },
  {
    rule: 'manifest-size',
    fails: [
      object('v1', 'ConfigMap', { data: { page: 'é'.repeat(131_072) } }),
      object('v1', 'ConfigMap', { data: { page: 'x'.repeat(261_866) } }),
      object('v1', 'ConfigMap', { data: { page: '<'.repeat(43_700) } }),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'cart', namespace: 'shop', annotations: { note: 'é'.repeat(65_536) } },
      },
    ],
    says: [
      'ConfigMap shop/cart: kubectl apply makes 262423 bytes of annotations of it, and Kubernetes allows 262144. Split it, or deliver large data in an image or by S3.',
      'ConfigMap shop/cart: kubectl apply makes 262145 bytes of annotations of it, and Kubernetes allows 262144. Split it, or deliver large data in an image or by S3.',
      'ConfigMap shop/cart: kubectl apply makes 262479 bytes of annotations of it, and Kubernetes allows 262144. Split it, or deliver large data in an image or by S3.',
      'ConfigMap shop/cart: kubectl apply makes 262434 bytes of annotations of it, and Kubernetes allows 262144. Split it, or deliver large data in an image or by S3.',
    ],
    passes: {
      'a large object that fits': [object('v1', 'ConfigMap', { data: { page: 'x'.repeat(261_865) } })],
      'markup that fits': [object('v1', 'ConfigMap', { data: { page: '<'.repeat(43_600) } })],
    },
  },
  {
    rule: 'manifest-size',
    fails: [],
    says: [],
    passes: {
      'an object on its way to a cluster, by whatever means': [
        object('v1', 'ConfigMap', { data: { page: 'x'.repeat(262_144) } }),
      ],
    },
    options: { target: 'cluster' },
  },
  {
    rule: 'wrong-type',
    fails: [
      withContainer({
        image: 7,
        env: [
          { name: 'DEBUG', value: true },
          { name: 'MODE', value: 'fast' },
        ],
        command: ['serve', 8080],
        args: [true],
      }),
    ],
    says: [
      'Deployment shop/cart: spec.template.spec.containers[0].image is the number 7, not a string; spec.template.spec.containers[0].env[0].value is the boolean true, not a string; spec.template.spec.containers[0].command[1] is the number 8080, not a string; spec.template.spec.containers[0].args[0] is the boolean true, not a string. Quote the value.',
    ],
    passes: {},
  },
  {
    rule: 'wrong-type',
    fails: [
      withContainer({ ports: '8080', securityContext: { privileged: 'yes' }, env: 5 }),
      { apiVersion: 'v1', kind: 'Service', metadata: 'cart', spec: [] },
    ],
    says: [
      'Deployment shop/cart: spec.template.spec.containers[0].env is the number 5, not a list; spec.template.spec.containers[0].ports is the string "8080", not a list; spec.template.spec.containers[0].securityContext.privileged is the string "yes", not true or false. Correct the type.',
      'Service default/(no name): metadata is the string "cart", not a map; spec is a list, not a map. Correct the type.',
    ],
    passes: {
      'right types': [deployment()],
      'values known at deploy time': [
        deployment({
          nodeSelector: '${Token[TOKEN.1]}',
          volumes: ['#{Token[TOKEN.2]}'],
          hostNetwork: '${Token[TOKEN.3]}',
        }),
      ],
    },
  },
  {
    rule: 'unknown-in-git',
    options: { appliedFromGit: (index) => index === 0 },
    fails: [object('v1', 'ConfigMap', { data: { region: 'eu-west-1', table: 'carts-${Token[Table.1]}' } })],
    says: [
      'ConfigMap shop/cart: data.table is known at deploy time only, and git cannot hold it (setting gitOps). Set a name for the resource that it refers to, and write that name.',
    ],
    passes: {
      'values that are known, and what the stack applies': [
        object('v1', 'ConfigMap', { data: { table: 'carts' } }),
        object('v1', 'ConfigMap', { data: { table: '${Token[Table.1]}' } }, 'other'),
      ],
    },
  },
];
