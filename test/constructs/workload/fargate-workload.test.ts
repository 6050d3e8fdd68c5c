import { RemovalPolicies } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { appliedManifests, manifestOf } from '../../support/applied-manifests';
import { testStack, testTemplate } from '../../support/test-stack';

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
