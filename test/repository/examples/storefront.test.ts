import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnResource, Stack } from 'aws-cdk-lib';
import * as storefront from '../../../examples/storefront/app';
import { manifests } from '../../../lib/commands/manifests/command';
import { runCommand } from '../../../lib/commands/run-command';
import type { CheckResult } from '../../../lib/commands/cluster/check';
import { workshopCheckout } from '../../../lib/config/checkout-settings';
import { copyOfImage } from '../../../lib/config/registry';
import { gatewayEndpoints, interfaceEndpoints } from '../../../lib/constructs/network/private-endpoints';
import { planEnvironment } from '../../../lib/stack/plan-environment';
import { healthyAws } from '../../commands/verify/support/aws-stand-in';
import { healthyCluster } from '../../commands/verify/support/healthy-cluster';
import { runVerify } from '../../commands/verify/support/run-verify';
import { manifestOf } from '../../support/applied-manifests';
import { featureFlags } from '../../support/feature-flags';
import { withoutSuffixes } from '../../support/profile-names';
import { read } from '../../support/pages';
import { pick, type Rendered } from '../../support/render';

const { registry } = storefront.environments['private']!;

jest.mock('../../../lib/config/environments', () => jest.requireActual('../../demo/support/environments'));

const page = read('examples/storefront/README.md');

const plan = planEnvironment(featureFlags, storefront);
const [{ clusters }] = plan.variants as [(typeof plan.variants)[number]];
const [cluster] = clusters as [(typeof clusters)[number]];

const { app } = storefront.createApp({
  context: { ...featureFlags, 'aws:cdk:disable-asset-staging': true },
  analyticsReporting: false,
});
const template = Template.fromStack(app.node.findAll().find((construct) => Stack.isStack(construct))!);

test('every pod lands on a profile, and nothing is said against any object', () => {
  const { pods, findings } = cluster.check();
  expect(findings).toEqual([]);
  expect(
    Object.fromEntries(
      pods.map(({ object, count, profile }) => [
        object,
        [count?.min, count?.max, withoutSuffixes(profile ?? '')],
      ]),
    ),
  ).toEqual(
    expect.objectContaining({
      'Deployment ui/ui': [2, 6, 'storefront-profile'],
      'Deployment carts/carts': [1, 1, 'storefront-profile'],
      'Deployment checkout/checkout': [expect.any(Number), expect.any(Number), expect.any(String)],
      'Deployment kube-system/metrics-server': [2, 2, 'metrics-server-profile'],
      'Deployment kube-system/aws-load-balancer-controller': [2, 2, 'load-balancer-controller-profile'],
    }),
  );
  expect(pods.filter(({ profile, size }) => profile === undefined || size === undefined)).toEqual([]);
});

test('npm run verify follows all of it: every pod, profile, autoscaler, budget and role', async () => {
  const [stackName = ''] = plan.variants[0]!.stackNames;
  const logActions = ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
  const logGroup = `/aws/eks/${cluster.clusterName}/pods`;
  const state = {
    aws: healthyAws(cluster, { stackName, variant: undefined, logGroup, logActions }),
    cluster: healthyCluster(cluster),
  };
  const { status, stdout } = await runVerify({ plan: () => plan, state }, '--json');
  const checks: readonly CheckResult[] = JSON.parse(stdout).clusters[0].checks;
  const subjects = (id: string) =>
    checks
      .find((check) => check.id === id)!
      .subjects.map(({ subject }) => subject)
      .toSorted();
  expect(checks.filter((check) => check.status !== 'held')).toEqual([]);
  expect(status).toBe(0);
  expect(subjects('rollout')).toEqual(
    cluster
      .check()
      .pods.map(({ object }) => object)
      .toSorted(),
  );
  expect(subjects('profile-status')).toEqual(cluster.profiles.map(({ name }) => name).toSorted());
  expect(subjects('autoscalers')).toEqual(['HorizontalPodAutoscaler ui/ui']);
  expect(subjects('service-account-role')).toEqual(
    ['carts/carts', 'checkout/external-secrets-reader', 'kube-system/aws-load-balancer-controller'].map(
      (name) => `ServiceAccount ${name}`,
    ),
  );
});

test('it is one stack of its own, with one load balancer', () => {
  const [{ stackNames, resources }] = plan.variants as [(typeof plan.variants)[number]];
  expect(stackNames).toEqual([plan.environment.values.stackName]);
  expect(plan.environment.values.stackName).toMatch(/^Storefront-/);
  expect(resources.get('AWS::ElasticLoadBalancingV2::LoadBalancer')).toBe(1);
});

test('carts may read and write its table and the index that it asks for, and nothing else', () => {
  const [[tableId, table]] = Object.entries(template.findResources('AWS::DynamoDB::GlobalTable')) as [
    [string, { Properties: { GlobalSecondaryIndexes: unknown } }],
  ];
  expect(table.Properties.GlobalSecondaryIndexes).toMatchObject([{ IndexName: 'idx_global_customerId' }]);
  const statements = Object.values(template.findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().some((action: string) => action.startsWith('dynamodb:')));
  expect(statements.map(({ Effect }) => Effect)).toEqual(['Allow']);
  const arn = { 'Fn::GetAtt': [tableId, 'Arn'] };
  expect(statements[0].Resource).toEqual([arn, { 'Fn::Join': ['', [arn, '/index/*']] }]);
  expect(manifestOf(template, 'ServiceAccount', 'carts').objects).toMatchObject([
    { metadata: { namespace: 'carts', annotations: { 'eks.amazonaws.com/role-arn': '<ref>' } } },
  ]);
});

test('Argo CD cannot apply carts, whose table gets its name in the deploy, and npm run manifests writes nothing', async () => {
  let stdout = '';
  let stderr = '';
  const status = await runCommand(manifests, ['--app', 'examples/storefront/app.ts', '-c', 'gitOps=true'], {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: {},
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(
    /^Deployment carts\/carts: \S+ is known at deploy time only.*\nNothing was written: Argo CD would delete what is missing\.\n$/,
  );
});

test('redis and checkout have its password from the one secret, which nothing else may read', () => {
  const [secretId] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
  const readers = Object.values(template.findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().some((action: string) => action.startsWith('secretsmanager:')));
  expect(readers.map(({ Resource }) => Resource)).toEqual([{ Ref: secretId }]);
  expect(manifestOf(template, 'ExternalSecret', 'redis').objects).toMatchObject([
    { metadata: { namespace: 'checkout' } },
  ]);
  const reference = { secretKeyRef: { name: 'redis', key: 'password' } };
  for (const [name, variables, args] of [
    ['checkout-redis', ['REDISCLI_AUTH'], ['--requirepass', '$(REDISCLI_AUTH)']],
    ['checkout', ['REDIS_PASSWORD', 'RETAIL_CHECKOUT_PERSISTENCE_REDIS_URL'], undefined],
  ] as const) {
    const deployment = pick(manifestOf(template, 'Deployment', name).objects, 'Deployment', name);
    const [container] = deployment['spec'].template.spec.containers;
    expect(container.env.map((variable: Rendered) => variable.name)).toEqual(variables);
    expect(container.env[0].valueFrom).toEqual(reference);
    expect(container.args).toEqual(args);
  }
});

test('ui is behind the load balancer', () => {
  expect(manifestOf(template, 'TargetGroupBinding', 'ui-internal').objects).toMatchObject([
    { metadata: { namespace: 'ui' }, spec: { serviceRef: { name: 'ui', port: 80 } } },
  ]);
});

test('it is removed as a whole', () => {
  const kept = app.node
    .findAll()
    .filter((construct) => CfnResource.isCfnResource(construct))
    .filter(({ cfnOptions }) => String(cfnOptions.deletionPolicy) === 'Retain')
    .map(({ cfnResourceType }) => cfnResourceType);
  // Namespaces, which go with the cluster.
  expect([...new Set(kept)]).toEqual(['Custom::AWSCDK-EKS-KubernetesResource']);
});

describe('without a way to the internet', () => {
  // The images of the workshop, which the page copies, whatever the environment has.
  const { checkoutImage, redisImage } = workshopCheckout;
  const privatePlan = planEnvironment(
    {
      ...featureFlags,
      environment: 'private',
      checkoutImage: copyOfImage(checkoutImage, registry),
      redisImage: copyOfImage(redisImage, registry),
    },
    storefront,
  );
  const [{ clusters: privateClusters, resources }] = privatePlan.variants as [
    (typeof privatePlan.variants)[number],
  ];

  test('the same pods run, and nothing is said against any', () => {
    const { pods, findings } = privateClusters[0]!.check();
    expect(findings).toEqual([]);
    expect(pods.map(({ object, profile, size }) => [object, profile, size])).toEqual(
      cluster.check().pods.map(({ object, profile, size }) => [object, profile, size]),
    );
    expect(resources.get('AWS::EC2::NatGateway')).toBeUndefined();
    expect(resources.get('AWS::EC2::InternetGateway')).toBeUndefined();
  });

  test('every endpoint has a reason, and no service is called that has none', () => {
    const { app: privateApp } = storefront.createApp({
      context: { ...featureFlags, 'aws:cdk:disable-asset-staging': true, environment: 'private' },
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
    });
    const stack = privateApp.node.findAll().find((construct) => Stack.isStack(construct))!;
    const services = Object.values(Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint')).map(
      ({ Properties }) => Properties.ServiceName['Fn::Join'][1].at(-1).slice(1),
    );
    const needed = [...interfaceEndpoints, ...gatewayEndpoints].filter(
      ({ block }) => block === undefined || privatePlan.environment.values[block] !== undefined,
    );
    expect(services.toSorted()).toEqual(needed.map(({ service }) => service).toSorted());
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('no way to it'))).toEqual([]);
  });

  test('the page copies every image, or the page about the registry does', () => {
    const images = [
      ...JSON.stringify(
        privateClusters[0]!.objects
          .filter(({ appliedBy }) => appliedBy !== 'eks')
          .flatMap(({ objects }) => objects),
      ).matchAll(/"image":"([^"]+)"/g),
    ].map(([, image]) => image!);
    expect(images.filter((image) => !image.startsWith(`${registry}/`))).toEqual([]);
    const copied = `${page}${read('docs/registry.md')}`;
    expect(images.filter((image) => !copied.includes(image.replace(`${registry}/`, '')))).toEqual([]);
  });

  test.each([
    [{ ingress: 'public', ingressCidrs: '52.94.76.1/32' }, 'ingress "public" requires public subnets'],
    [{ registry: '' }, 'ingress "internal" installs a Helm chart and an image from the internet'],
  ])('%j is refused', (context, message) => {
    expect(() =>
      planEnvironment({ ...featureFlags, environment: 'private', ...context }, storefront),
    ).toThrow(message);
  });
});

test('few pods cost less on Fargate, and many less on Auto Mode, as the page about it says', () => {
  const rows = read('docs/fargate-or-auto-mode.md').matchAll(/pods\) \| (\S+) USD.*? \| (\S+) USD/g);
  expect([...rows].map(([, fargate, autoMode]) => Number(fargate) < Number(autoMode))).toEqual([true, false]);
});

test('it is short, and its page says how to deploy, validate and destroy it', () => {
  const lines = ['app.ts', 'main.ts', 'storefront-stack.ts'].flatMap((file) =>
    read(`examples/storefront/${file}`).trimEnd().split('\n'),
  );
  expect(lines.length).toBeLessThanOrEqual(170);
  expect(page.match(/^## .*$/gm)).toEqual([
    '## Before a deploy',
    '## Deploy',
    '## Without a way to the internet',
    '## Validate',
    '## Destroy',
    '## Unverified',
  ]);
});
