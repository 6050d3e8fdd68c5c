import { Match } from 'aws-cdk-lib/assertions';
import { checkoutVariantNames } from '../../charts/checkout/variants';
import { appliedManifests, manifestOf } from '../support/applied-manifests';
import type { Rendered } from '../support/render';
import { stableTemplate } from './support/stable-template';
import { checkoutTemplate } from './support/checkout-stack';

const template = checkoutTemplate();

/** What the stack applies to the namespace of the demo, step by step. A fork may apply more elsewhere. */
const steps = (variant: string) =>
  appliedManifests(checkoutTemplate({ variant })).filter(({ objects }) =>
    objects.some(({ metadata }) => (metadata.namespace ?? metadata.name) === 'checkout'),
  );

test('the whole template, with asset hashes masked', () => {
  expect(stableTemplate(template)).toMatchSnapshot();
});

test('checkout is applied in three steps, each after the one before', () => {
  const [namespace, dependencies, deployment] = steps('labelled');
  expect(
    steps('labelled').map(({ objects }) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)),
  ).toEqual([
    ['Namespace checkout'],
    [
      'ConfigMap checkout',
      'ServiceAccount checkout',
      'Service checkout',
      'PodDisruptionBudget checkout',
      'Service checkout-redis',
      'Deployment checkout-redis',
    ],
    ['Deployment checkout'],
  ]);
  expect(dependencies!.resource.DependsOn).toContain(namespace!.logicalId);
  expect(deployment!.resource.DependsOn).toContain(dependencies!.logicalId);
});

test('checkout knows the proxy where there is one, and starts again when it changes', () => {
  const withProxy = (httpsProxy: string) => {
    const proxied = checkoutTemplate({ httpsProxy });
    const [config] = manifestOf(proxied, 'ConfigMap', 'checkout').objects as readonly Rendered[];
    const [deployment] = manifestOf(proxied, 'Deployment', 'checkout').objects as readonly Rendered[];
    return {
      proxy: config!.data.HTTPS_PROXY,
      checksum: deployment!.spec.template.metadata.annotations['checksum/config'],
    };
  };
  const first = withProxy('http://first.example.com:3128');
  expect(first.proxy).toBe('http://first.example.com:3128');
  expect(withProxy('http://second.example.com:3128').checksum).not.toBe(first.checksum);
});

test('every variant applies the same objects through the same manifests', () => {
  const applied = checkoutVariantNames.map((variant) =>
    steps(variant).map(({ logicalId, resource, objects }) => ({
      logicalId,
      pruneLabel: resource.Properties.PruneLabel,
      objects: objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    })),
  );
  expect(applied[1]).toEqual(applied[0]);
  expect(applied[2]).toEqual(applied[0]);
});

test.each(checkoutVariantNames)('with a team, %s has a quota that it and its updates fit in', (variant) => {
  const withTeam = checkoutTemplate({ variant, checkoutTeamArns: 'arn:aws:iam::111122223333:role/Shop' });
  expect(manifestOf(withTeam, 'ResourceQuota', 'checkout').objects).toHaveLength(1);
  withTeam.hasResourceProperties('AWS::EKS::AccessEntry', {
    PrincipalArn: 'arn:aws:iam::111122223333:role/Shop',
    AccessPolicies: [{ AccessScope: { Type: 'namespace', Namespaces: ['checkout'] } }],
  });
});

test('without a team there is neither', () => {
  for (const checkoutTeamArns of [undefined, '']) {
    const kinds = appliedManifests(checkoutTemplate({ checkoutTeamArns })).flatMap(({ objects }) =>
      objects.map(({ kind }) => kind),
    );
    expect(kinds).not.toContain('ResourceQuota');
  }
});

test('Argo CD can apply all of checkout, and the stack then applies the namespace only', () => {
  for (const variant of checkoutVariantNames) {
    const left = appliedManifests(checkoutTemplate({ variant, gitOps: true })).flatMap(({ objects }) =>
      objects.filter(({ metadata }) => (metadata.namespace ?? metadata.name) === 'checkout'),
    );
    expect(left.map(({ kind }) => kind)).toEqual(['Namespace']);
  }
});

test('a Deployment keeps its selector, which Kubernetes never changes', () => {
  for (const variant of checkoutVariantNames) {
    const selectors = ['checkout', 'checkout-redis'].map((name) => {
      const { objects } = manifestOf(checkoutTemplate({ variant }), 'Deployment', name);
      return objects.find(({ kind }) => kind === 'Deployment')!.spec;
    });
    expect(selectors).toMatchObject(
      ['service', 'redis'].map((component) => ({
        selector: {
          matchLabels: {
            'app.kubernetes.io/name': 'checkout',
            'app.kubernetes.io/instance': 'checkout',
            'app.kubernetes.io/component': component,
          },
        },
      })),
    );
  }
});

test('the profile selects the labelled pods of the namespace', () => {
  template.hasResourceProperties('AWS::EKS::FargateProfile', {
    FargateProfileName: Match.stringLikeRegexp('^checkout-profile-'),
    Selectors: [{ Namespace: 'checkout', Labels: [{ Key: 'fargate', Value: 'yes' }] }],
  });
});

test('images and the orders endpoint can be chosen', () => {
  const chosen = checkoutTemplate({
    checkoutImage: 'example.test/checkout:2',
    redisImage: 'example.test/redis:7',
    ordersEndpoint: 'https://orders.example.test',
  });
  const text = JSON.stringify(appliedManifests(chosen).map(({ objects }) => objects));
  expect(text).toContain('"image":"example.test/checkout:2"');
  expect(text).toContain('"image":"example.test/redis:7"');
  expect(text).toContain('"RETAIL_CHECKOUT_ENDPOINTS_ORDERS":"https://orders.example.test"');
});

describe('variants', () => {
  const resources = checkoutVariantNames.map(
    (variant) => checkoutTemplate({ variant }).toJSON().Resources as Record<string, unknown>,
  );
  const differing = (one: Record<string, unknown>, other: Record<string, unknown>) =>
    Object.keys(one).filter((id) => JSON.stringify(one[id]) !== JSON.stringify(other[id]));
  const [deployment] = [manifestOf(template, 'Deployment', 'checkout').logicalId];

  test('have the same logical IDs', () => {
    const [labelled, resized, scaled] = resources.map((variant) => Object.keys(variant));
    expect(resized).toEqual(labelled);
    expect(scaled).toEqual(labelled);
  });

  test.each([
    ['labelled', 'resized', 0, 1],
    ['resized', 'scaled', 1, 2],
    ['labelled', 'scaled', 0, 2],
  ])('%s and %s differ in exactly one resource', (_one, _other, one, other) => {
    expect(differing(resources[one]!, resources[other]!)).toEqual([deployment]);
  });
});

test('the outputs that people and commands read', () => {
  expect(Object.keys(template.toJSON().Outputs)).toEqual([
    'ClusterName',
    'UpdateKubeconfigCommand',
    'ApiSecurityGroupId',
    'PrivateSubnetIds',
    'LogGroupName',
    'FargateProfileName',
    'PodExecutionRoleArn',
    'Variant',
  ]);
  checkoutTemplate({ variant: 'scaled' }).hasOutput('Variant', { Value: 'scaled' });
  // Its Ref would be CLUSTER|PROFILE.
  template.hasOutput('FargateProfileName', {
    Value: Match.stringLikeRegexp('^checkout-profile-[0-9a-f]{6}$'),
  });
});
