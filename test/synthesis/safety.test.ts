import { Annotations as CdkAnnotations, RemovalPolicies } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { IConstruct } from 'constructs';
import { checkoutVariantNames } from '../../charts/checkout/variants';
import type { CheckoutStack } from '../../lib/stack/checkout-stack';
import { appliedManifests, type AppliedManifest } from '../support/applied-manifests';
import { checkoutStack, checkoutTemplate, onASupportedDay } from '../support/checkout-stack';

/** What keeps updates and rollbacks safe (docs/decisions), over everything that the stack applies. */
const variants = checkoutVariantNames.map((variant) => appliedManifests(checkoutTemplate({ variant })));
const manifests = variants[0]!;

afterEach(() => jest.useRealTimers());

type AppliedObject = AppliedManifest['objects'][number];

const nameOf = ({ kind, metadata }: AppliedObject) =>
  `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;

interface Workload extends AppliedObject {
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly template: { readonly spec: { readonly automountServiceAccountToken?: boolean } };
  };
}

const isWorkload = (object: AppliedObject): object is Workload => object.kind === 'Deployment';
const workloads = (applied: readonly AppliedManifest[]) =>
  applied.flatMap(({ objects }) => objects).filter(isWorkload);

test('every object has one owner', () => {
  const objects = manifests.flatMap((manifest) => manifest.objects.map(nameOf));
  expect(objects.length).toBeGreaterThan(8);
  expect(objects).toEqual([...new Set(objects)]);
});

test('every variant applies the same objects through the same manifests', () => {
  const owned = variants.map((applied) =>
    applied.map(({ logicalId, resource, objects }) => ({
      logicalId,
      pruneLabel: resource.Properties.PruneLabel,
      objects: objects.map(nameOf),
    })),
  );
  expect(owned[1]).toEqual(owned[0]);
  expect(owned[2]).toEqual(owned[0]);
});

test('a Deployment keeps its selector, which Kubernetes never changes', () => {
  for (const applied of variants) {
    expect(
      Object.fromEntries(
        workloads(applied).map((object) => [nameOf(object), object.spec.selector.matchLabels]),
      ),
    ).toEqual(
      expect.objectContaining({
        'Deployment checkout/checkout-redis': {
          'app.kubernetes.io/name': 'checkout',
          'app.kubernetes.io/instance': 'checkout',
          'app.kubernetes.io/component': 'redis',
        },
        'Deployment checkout/checkout': {
          'app.kubernetes.io/name': 'checkout',
          'app.kubernetes.io/instance': 'checkout',
          'app.kubernetes.io/component': 'service',
        },
      }),
    );
  }
});

test('a profile that keeps its name keeps its selectors: EKS changes none (docs/changing-a-profile.md)', () => {
  const profiles = Object.values(checkoutTemplate().findResources('AWS::EKS::FargateProfile'));
  expect(
    Object.fromEntries(
      profiles.map(({ Properties }) => [Properties.FargateProfileName, Properties.Selectors]),
    ),
  ).toEqual(
    expect.objectContaining({
      'checkout-profile': [{ Namespace: 'checkout', Labels: [{ Key: 'fargate', Value: 'yes' }] }],
      'system-profile': [{ Namespace: 'kube-system', Labels: [{ Key: 'k8s-app', Value: 'kube-dns' }] }],
    }),
  );
});

test('a workload can be kept through a rename (docs/adding-a-workload.md)', () => {
  const stack = checkoutStack();
  RemovalPolicies.of(stack.node.findChild('Checkout')).retain();
  const kept = appliedManifests(Template.fromStack(stack)).filter(({ objects }) =>
    objects.some(({ metadata }) => metadata.namespace === 'checkout'),
  );
  expect(kept.length).toBeGreaterThanOrEqual(2);
  for (const { resource } of kept) {
    expect(resource).toHaveProperty('DeletionPolicy', 'Retain');
  }
});

test('a manifest that holds a Namespace is not pruned, and stays when it leaves the stack', () => {
  const withNamespace = manifests.filter(({ objects }) => objects.some(({ kind }) => kind === 'Namespace'));
  expect(withNamespace.length).toBeGreaterThanOrEqual(2);
  for (const { resource } of withNamespace) {
    expect(resource.Properties).not.toHaveProperty('PruneLabel');
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  }
});

test('every manifest can be applied over what is there, and is validated', () => {
  for (const { resource } of variants.flat()) {
    expect(resource.Properties).toMatchObject({ Overwrite: true });
    expect(resource.Properties).not.toHaveProperty('SkipValidation');
  }
});

test('no Secret stands in the template', () => {
  const kinds = variants.flat().flatMap(({ objects }) => objects.map(({ kind }) => kind));
  expect(kinds).toContain('ConfigMap');
  expect(kinds).not.toContain('Secret');
});

test('no pod gets a token of a service account', () => {
  const deployments = workloads(manifests);
  expect(deployments.length).toBeGreaterThanOrEqual(2);
  for (const { spec } of deployments) {
    expect(spec.template.spec).toHaveProperty('automountServiceAccountToken', false);
  }
  const accounts = manifests
    .flatMap(({ objects }) => objects)
    .filter(({ kind }) => kind === 'ServiceAccount');
  expect(accounts.length).toBeGreaterThanOrEqual(1);
  for (const account of accounts) {
    expect(account).toHaveProperty('automountServiceAccountToken', false);
  }
});

test('Pod Security is enforced at the version of the cluster', () => {
  const namespace = appliedManifests(checkoutTemplate({ kubernetesVersion: '1.35' }))
    .flatMap(({ objects }) => objects)
    .find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === 'checkout');
  expect(namespace).toHaveProperty(
    ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
    'restricted',
  );
  expect(namespace).toHaveProperty(
    ['metadata', 'labels', 'pod-security.kubernetes.io/enforce-version'],
    'v1.35',
  );
});

test('what is applied past the Fargate checks is warned of, and can be acknowledged', () => {
  onASupportedDay();
  jest.spyOn(console, 'error').mockImplementation();
  const stack = checkoutStack();
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra', namespace: 'checkout' } };
  stack.cluster.cluster.addManifest('Unchecked', object);
  const known = stack.cluster.cluster.addManifest('Known', object);
  CdkAnnotations.of(known).acknowledgeWarning('eks-fargate:unchecked-manifest', 'checked by hand');

  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toMatchObject([
    {
      id: '/CheckoutStack/Cluster/Resource/manifest-Unchecked',
      entry: {
        data: expect.stringContaining(
          'CheckoutStack/Cluster/Resource/manifest-Unchecked is applied without the Fargate checks. Apply a chart with CheckedManifest, or check it with npm run preflight -- --file and acknowledge this.',
        ),
      },
    },
  ]);
});

test.each<[what: string, add: (stack: CheckoutStack) => IConstruct, id: string, message: string]>([
  [
    'a patch',
    ({ cluster }) =>
      new eks.KubernetesPatch(cluster, 'Patch', {
        cluster: cluster.cluster,
        resourceName: 'deployment/checkout',
        applyPatch: { spec: { template: { spec: { hostNetwork: true } } } },
        restorePatch: {},
      }),
    'unchecked-patch',
    'changes an object after the Fargate checks',
  ],
  [
    'an add-on',
    ({ cluster }) =>
      new eks.Addon(cluster, 'Metrics', { cluster: cluster.cluster, addonName: 'metrics-server' }),
    'unchecked-addon',
    'brings pods that the Fargate checks do not know',
  ],
  [
    'a profile',
    ({ cluster }) => cluster.cluster.addFargateProfile('All', { selectors: [{ namespace: '*' }] }),
    'unchecked-profile',
    'is a profile that the Fargate checks do not know',
  ],
  ['nodes', ({ cluster }) => cluster.cluster.addNodegroupCapacity('Nodes'), 'ec2-nodes', 'makes EC2 nodes'],
  [
    'a pod identity',
    (stack) =>
      new eks.CfnPodIdentityAssociation(stack, 'Identity', {
        clusterName: stack.cluster.cluster.clusterName,
        namespace: 'checkout',
        roleArn: 'arn:aws:iam::111122223333:role/checkout',
        serviceAccount: 'checkout',
      }),
    'pod-identity',
    'gives a pod on Fargate no credentials',
  ],
])('%s that the Fargate checks do not know is warned of', (_what, add, id, message) => {
  onASupportedDay();
  jest.spyOn(console, 'error').mockImplementation();
  const stack = checkoutStack();
  const { path } = add(stack).node;

  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toMatchObject([
    {
      id: `/${path}`,
      entry: {
        data: expect.stringMatching(new RegExp(`^${path} ${message}.*\\[ack: eks-fargate:${id}\\]$`, 'su')),
      },
    },
  ]);
});
