import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { restrictedContainer } from '../../../charts/restricted-pod';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import type { ClusterStack } from '../../../lib/stack/cluster-stack';
import { UserError } from '../../../lib/user-error';
import { manifestOf } from '../../support/applied-manifests';
import type { Rendered } from '../../support/render';
import { withoutSuffixes } from '../../support/profile-names';
import { onASupportedDay } from '../../support/test-stack';
import { refusals } from '../../support/refusals';
import { chartOf, clusterStack, deployment } from '../support/cluster-stack';

const arn = (name: string) => `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-a1b2c3`;
const imported = (stack: ClusterStack, name: string) => Secret.fromSecretCompleteArn(stack, name, arn(name));

/** Pods that read a Secret by each of the ways that there are. */
const reading = {
  volumes: [
    { name: 'files', secret: { secretName: 'files' } },
    { name: 'all', projected: { sources: [{ secret: { name: 'projected' } }] } },
  ],
  containers: [
    {
      name: 'web',
      image: 'web:1',
      securityContext: restrictedContainer,
      resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } },
      env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } }],
      envFrom: [{ secretRef: { name: 'variables' } }],
    },
  ],
};

/** A stack with a shop whose pods read Secrets. */
function stackWithSecrets(
  secrets: (stack: ClusterStack) => Readonly<Record<string, ISecret>>,
  settings: Readonly<Record<string, unknown>> = { externalSecrets: true },
) {
  const stack = clusterStack(settings);
  const workload = new FargateWorkload(stack, 'Shop', {
    cluster: stack.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    charts: [chartOf('Web', deployment('shop', 'web', reading))],
  });
  stack.externalSecrets.provide('Secrets', { workload, secrets: secrets(stack) });
  return stack;
}

const stack = stackWithSecrets((scope) => ({
  database: new Secret(scope, 'Database', {
    encryptionKey: new kms.Key(scope, 'Key'),
    generateSecretString: { secretStringTemplate: '{"user":"shop"}', generateStringKey: 'password' },
  }),
  variables: imported(scope, 'variables'),
}));
const template = Template.fromStack(stack);
const [databaseId] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
const [[chartId, chart]] = Object.entries(template.findResources('Custom::AWSCDK-EKS-HelmChart')) as [
  [string, { Properties: { Values: unknown } }],
];

test('the operator runs on a profile of its own, and nothing is said against it', () => {
  const { pods, findings } = stack.cluster.plan.check();
  expect(findings.filter(({ message }) => message.includes('external-secrets'))).toEqual([]);
  expect(
    pods
      .filter(({ namespace, name }) => namespace === 'kube-system' && name.startsWith('external-secrets'))
      .map(({ name, profile, size }) => [name, withoutSuffixes(profile ?? ''), size]),
  ).toEqual(
    ['external-secrets', 'external-secrets-webhook', 'external-secrets-cert-controller'].map((name) => [
      name,
      'external-secrets-profile',
      { milliCpu: 250, memoryMiB: 512 },
    ]),
  );
});

test('its webhook stays off the port of the kubelet, in the cluster as in the plan', () => {
  const values = JSON.parse(chart.Properties.Values as string);
  const ports = stack.cluster.plan.objects
    .flatMap(({ objects }) => objects as readonly Rendered[])
    .filter(({ metadata }) => metadata.name === 'external-secrets-webhook')
    .flatMap(({ spec }) => spec.template.spec.containers[0].ports);
  expect(ports).toContainEqual({ containerPort: values.webhook.port });
  expect(ports).not.toContainEqual({ containerPort: 10_250 });
  expect(values.webhook.resources).toEqual(values.resources);
  expect(values.certController.resources).toEqual(values.resources);
});

test('no namespace can use the role of another: stores of the whole cluster are off', () => {
  expect(JSON.parse(chart.Properties.Values as string)).toMatchObject({
    processClusterStore: false,
    processClusterExternalSecret: false,
  });
});

test('a role of the namespace may read its secrets, and nobody may read anything else', () => {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    JSON.stringify(Properties).includes('secretsmanager:'),
  );
  expect(policies).toHaveLength(1);
  const { Roles, PolicyDocument } = policies[0]!.Properties;
  expect(PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      Resource: [arn('variables'), { Ref: databaseId }],
    },
  ]);
  const [[roleId, role]] = Object.entries(
    template.findResources('AWS::IAM::Role', {
      Properties: { Description: 'Pods of the ServiceAccount shop/external-secrets-reader' },
    }),
  ) as [[string, { Properties: Rendered }]];
  expect(Roles).toEqual([{ Ref: roleId }]);
  expect(JSON.stringify(role.Properties.AssumeRolePolicyDocument)).toContain(
    'system:serviceaccount:shop:external-secrets-reader',
  );
});

test('the role may use the key of a secret, for Secrets Manager only', () => {
  const statements = Object.values(template.findResources('AWS::KMS::Key'))
    .flatMap(({ Properties }) => Properties.KeyPolicy.Statement)
    .filter(({ Principal }) => JSON.stringify(Principal).includes('ServiceAccountRole'));
  expect(statements).toMatchObject([
    { Effect: 'Allow', Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:ViaService': {} } } },
  ]);
});

test('the role may use an imported key as well, whose policy is not of this stack', () => {
  const key = 'arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012';
  const withKey = stackWithSecrets((scope) => ({
    database: Secret.fromSecretAttributes(scope, 'Database', {
      secretCompleteArn: arn('database'),
      encryptionKey: kms.Key.fromKeyArn(scope, 'Key', key),
    }),
  }));
  Template.fromStack(withKey).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: key,
          Condition: { StringEquals: { 'kms:ViaService': Match.anyValue() } },
        }),
      ]),
    },
  });
});

test('a secret of another region is refused, where the region of the stack is known', () => {
  const secrets = (scope: ClusterStack) => ({ database: imported(scope, 'database') });
  const refused = (region?: string) =>
    refusals(() => Template.fromStack(stackWithSecrets(secrets, { externalSecrets: true, region })));
  expect(refused('eu-west-1')).toEqual([
    `[Blocks/ExternalSecrets/Secrets/Secret-database] Secret shop/database: its secret "${arn('database')}" is in us-west-2, and the pods read from eu-west-1, the region of the stack: replicate it (aws secretsmanager replicate-secret-to-regions), and name the replica.`,
  ]);
  expect(refused('us-west-2')).toEqual([]);
  expect(refused()).toEqual([]);
});

test('each Secret comes from its secret, by the store of the namespace and its ServiceAccount', () => {
  const spec = (kind: string, name: string) =>
    (manifestOf(template, kind, name).objects as readonly Rendered[])[0];
  expect(spec('SecretStore', 'aws-secrets-manager')).toMatchObject({
    apiVersion: 'external-secrets.io/v1',
    metadata: { namespace: 'shop' },
    spec: {
      provider: {
        aws: {
          service: 'SecretsManager',
          region: '<ref>',
          auth: { jwt: { serviceAccountRef: { name: 'external-secrets-reader' } } },
        },
      },
    },
  });
  expect(spec('ExternalSecret', 'variables')).toMatchObject({
    apiVersion: 'external-secrets.io/v1',
    metadata: { namespace: 'shop' },
    spec: {
      secretStoreRef: { kind: 'SecretStore', name: 'aws-secrets-manager' },
      dataFrom: [{ extract: { key: arn('variables') } }],
    },
  });
  expect(spec('ExternalSecret', 'database')).toMatchObject({
    spec: { dataFrom: [{ extract: { key: '<ref>' } }] },
  });
});

test('a Secret is never pruned, which gets the labels of its ExternalSecret', () => {
  for (const name of ['database', 'variables']) {
    const { objects, resource } = manifestOf(template, 'ExternalSecret', name);
    expect(objects[0]!.metadata).toEqual({ name, namespace: 'shop' });
    expect(resource.Properties).not.toHaveProperty('PruneLabel');
  }
});

test('operator, permissions, store, secret, pods: in that order, and back when they go', () => {
  const account = manifestOf(template, 'ServiceAccount', 'external-secrets-reader');
  const store = manifestOf(template, 'SecretStore', 'aws-secrets-manager');
  const secret = manifestOf(template, 'ExternalSecret', 'database');
  const pods = manifestOf(template, 'Deployment', 'web');
  const [policy] = Object.entries(template.findResources('AWS::IAM::Policy')).find(([, { Properties }]) =>
    JSON.stringify(Properties).includes('secretsmanager:'),
  )!;
  expect(store.resource.DependsOn).toEqual(
    expect.arrayContaining([chartId, policy, account.logicalId, expect.stringMatching(/^ShopNamespace/)]),
  );
  expect(secret.resource.DependsOn).toContain(store.logicalId);
  expect(pods.resource.DependsOn).toContain(secret.logicalId);
});

test('all the ways to read a Secret count', () => {
  const provide = (...names: string[]) =>
    stackWithSecrets((scope) => Object.fromEntries(names.map((name) => [name, imported(scope, name)])));
  expect(refusals(() => Template.fromStack(provide('database', 'variables', 'files', 'projected')))).toEqual(
    [],
  );
});

test.each<[name: string, meant: string]>([
  ['databse', 'did you mean "database", which one reads?'],
  ['unrelated-name', 'they read database, files, projected, variables.'],
])('a Secret that no pod reads is refused: %s', (name, meant) => {
  expect(
    refusals(() => Template.fromStack(stackWithSecrets((scope) => ({ [name]: imported(scope, name) })))),
  ).toEqual([
    `[Blocks/ExternalSecrets/Secrets/Secret-${name}] Secret shop/${name}: is made of a secret in AWS, but no pod reads it: ${meant} Write the same name in secrets and in the pod template (env.valueFrom.secretKeyRef, envFrom.secretRef or a volume), or remove it.`,
  ]);
});

test('pods of another namespace do not count', () => {
  const other = stackWithSecrets((scope) => ({ orders: imported(scope, 'orders') }));
  new FargateWorkload(other, 'Orders', {
    cluster: other.cluster,
    namespace: 'orders',
    profile: { name: 'orders-profile', selectors: [{ namespace: 'orders' }] },
    charts: [
      chartOf(
        'Orders',
        deployment('orders', 'orders', {
          volumes: [{ name: 'files', secret: { secretName: 'orders' } }],
        }),
      ),
    ],
  });
  expect(refusals(() => Template.fromStack(other))).toEqual([
    expect.stringContaining('Secret shop/orders: is made of a secret in AWS, but no pod reads it'),
  ]);
});

describe('a secret that is not a JSON object', () => {
  beforeEach(onASupportedDay);
  afterEach(() => jest.useRealTimers());

  const warnings = (secret: (scope: ClusterStack) => ISecret) =>
    Annotations.fromStack(stackWithSecrets((scope) => ({ database: secret(scope) })))
      .findWarning('*', Match.stringLikeRegexp('Secret shop/'))
      .map(({ entry }) => entry.data);

  test('is warned of where CloudFormation generates it', () => {
    jest.spyOn(console, 'error').mockImplementation();
    expect(warnings((scope) => new Secret(scope, 'Text'))).toEqual([
      expect.stringMatching(
        /^Secret shop\/database: Secrets Manager generates a text, .* \[ack: eks-fargate:secret-is-text\]$/,
      ),
    ]);
  });

  test.each<[what: string, secret: (scope: ClusterStack) => ISecret]>([
    ['is imported', (scope) => imported(scope, 'database')],
    [
      'has a generated field',
      (scope) =>
        new Secret(scope, 'Json', {
          generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'password' },
        }),
    ],
    ['is given field by field', (scope) => new Secret(scope, 'Given', { secretObjectValue: {} })],
  ])('is not assumed of one that %s', (_what, secret) => {
    expect(warnings(secret)).toEqual([]);
  });
});

test('without the setting the stack is refused: its pods would wait for ever', () => {
  expect(() => stackWithSecrets((scope) => ({ database: imported(scope, 'database') }), {})).toThrow(
    new UserError([
      'stack Blocks gives pods secrets of AWS Secrets Manager, and nothing would make them: set externalSecrets to true in its environment (docs/external-secrets.md)',
    ]),
  );
});

test('a network without NAT gets the endpoint of Secrets Manager with the setting only', () => {
  const services = (settings: Readonly<Record<string, unknown>>) =>
    JSON.stringify(
      Template.fromStack(clusterStack({ natGateways: 0, ...settings })).findResources(
        'AWS::EC2::VPCEndpoint',
      ),
    );
  const registry = '111122223333.dkr.ecr.us-west-2.amazonaws.com';
  expect(services({ externalSecrets: true, registry })).toContain('.secretsmanager"');
  expect(services({})).not.toContain('.secretsmanager"');
});
