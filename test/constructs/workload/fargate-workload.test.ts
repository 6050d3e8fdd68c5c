import { RemovalPolicies } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Quota } from '../../../charts/quota-chart';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import { appliedManifests, manifestOf } from '../../support/applied-manifests';
import { testStack, testTemplate } from '../../support/test-stack';
import { refusals } from '../../support/refusals';
import { chartOf, clusterStack, deployment } from '../support/cluster-stack';

const template = testTemplate();
const idsOf = (type: string, properties: Record<string, unknown> = {}) =>
  Object.keys(template.findResources(type, { Properties: properties }));

test('is applied chart by chart, the namespace first', () => {
  const steps = appliedManifests(template).map(({ objects }) =>
    objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  );
  expect(steps).toEqual([
    ['Namespace aws-observability', 'ConfigMap aws-logging'],
    ['Namespace web'],
    ['ConfigMap web', 'ServiceAccount web'],
    ['Deployment web'],
  ]);
  const [, namespace, settings, web] = appliedManifests(template);
  expect(settings!.resource.DependsOn).toContain(namespace!.logicalId);
  expect(web!.resource.DependsOn).toContain(settings!.logicalId);
});

test('no pod starts before profiles, CoreDNS and logging are there', () => {
  expect(manifestOf(template, 'Deployment', 'web').resource.DependsOn).toEqual(
    expect.arrayContaining([
      ...idsOf('AWS::EKS::FargateProfile'),
      ...idsOf('AWS::EKS::Addon', { AddonName: 'coredns' }),
      manifestOf(template, 'ConfigMap', 'aws-logging').logicalId,
    ]),
  );
});

test('a manifest that holds a Namespace is not pruned, and stays when it leaves the stack', () => {
  const withNamespace = appliedManifests(template).filter(({ objects }) =>
    objects.some(({ kind }) => kind === 'Namespace'),
  );
  expect(withNamespace).toHaveLength(2);
  for (const { resource } of withNamespace) {
    expect(resource.Properties).not.toHaveProperty('PruneLabel');
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  }
});

test('the namespace enforces Pod Security at the version of the cluster', () => {
  const { objects } = manifestOf(testTemplate({ kubernetesVersion: '1.35' }), 'Namespace', 'web');
  expect(objects[0]!.metadata).toHaveProperty(['labels', 'pod-security.kubernetes.io/enforce'], 'restricted');
  expect(objects[0]!.metadata).toHaveProperty(
    ['labels', 'pod-security.kubernetes.io/enforce-version'],
    'v1.35',
  );
});

/** A workload of two pods that request 250m and 256Mi each, under a quota. */
function templateWithQuota(quota: Quota) {
  const stack = clusterStack();
  new FargateWorkload(stack, 'Shop', {
    cluster: stack.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    quota,
    charts: [chartOf('Cart', deployment('shop', 'cart')), chartOf('Web', deployment('shop', 'web'))],
  });
  return Template.fromStack(stack);
}

test('a quota is in force before the pods start, and goes when it leaves the stack', () => {
  const limited = templateWithQuota({ pods: 3, cpu: '1', memory: '1Gi' });
  const { logicalId, resource, objects } = manifestOf(limited, 'ResourceQuota', 'shop');
  expect(objects).toMatchObject([
    {
      metadata: { namespace: 'shop' },
      spec: {
        hard: {
          pods: 3,
          'requests.cpu': '1',
          'requests.memory': '1Gi',
          'requests.ephemeral-storage': '60Gi',
          'services.loadbalancers': 0,
          'services.nodeports': 0,
        },
      },
    },
  ]);
  const withStorage = templateWithQuota({ pods: 3, cpu: '1', memory: '1Gi', storage: '200Gi' });
  expect(manifestOf(withStorage, 'ResourceQuota', 'shop').objects).toMatchObject([
    { spec: { hard: { 'requests.ephemeral-storage': '200Gi' } } },
  ]);
  expect(resource).toMatchObject({ DeletionPolicy: 'Delete' });
  expect(resource.DependsOn).toContain(manifestOf(limited, 'Namespace', 'shop').logicalId);
  for (const name of ['cart', 'web']) {
    expect(manifestOf(limited, 'Deployment', name).resource.DependsOn).toContain(logicalId);
  }
});

test('a quota that no update passes is refused', () => {
  expect(refusals(() => templateWithQuota({ pods: 3, cpu: '1', memory: '512Mi' }))).toEqual([
    '[Blocks/Shop/Quota] ResourceQuota shop/shop: requests.memory 512Mi has room for the 512Mi of Deployment shop/cart, Deployment shop/web, but not for one more pod, with which an update of Deployment shop/cart begins: it never ends. Raise it to 768Mi, or set strategy.rollingUpdate.maxUnavailable: 1, which stops a pod first.',
  ]);
});

test('every manifest can be applied over what is there, and is validated', () => {
  for (const { resource } of appliedManifests(template)) {
    expect(resource.Properties).toMatchObject({ Overwrite: true });
    expect(resource.Properties).not.toHaveProperty('SkipValidation');
  }
});

test('a workload can be kept through a rename (docs/renaming-a-workload.md)', () => {
  const stack = testStack();
  RemovalPolicies.of(stack.node.findChild('Web')).retain();
  const kept = appliedManifests(Template.fromStack(stack)).filter(({ objects }) =>
    objects.some(({ metadata }) => metadata.namespace === 'web'),
  );
  expect(kept).toHaveLength(2);
  for (const { resource } of kept) {
    expect(resource).toHaveProperty('DeletionPolicy', 'Retain');
  }
});
