import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Exposure } from '../../../lib/constructs/ingress/exposed-service';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import { ClusterStack } from '../../../lib/stack/cluster-stack';
import { UserError } from '../../../lib/user-error';
import { appliedManifests, manifestOf } from '../../support/applied-manifests';
import { environmentWith } from '../../support/environment-with';
import { withoutSuffixes } from '../../support/profile-names';
import type { Rendered } from '../../support/render';
import { testApp } from '../../support/test-stack';
import { lookupEnv, lookupVpcId, vpcLookup } from '../../support/vpc-lookup';
import { chartOf, clusterStack, deployment } from '../support/cluster-stack';

const certificate = 'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012';

const ports = [{ name: 'http', containerPort: 8080 }];
const container = { name: 'web', image: 'web:1', ports };

const service = (name: string, spec: Record<string, unknown>) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: 'web' }, ...spec },
});

/** A stack with a web shop behind a load balancer. */
function stackWithIngress(
  settings: Readonly<Record<string, unknown>>,
  exposure: Partial<Exposure> = {},
  ...services: readonly ReturnType<typeof service>[]
) {
  const stack = clusterStack(settings);
  const shop = deployment('shop', 'web');
  const { containers, ...podSpec } = shop.spec.template.spec;
  const workload = new FargateWorkload(stack, 'Shop', {
    cluster: stack.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    charts: [
      chartOf(
        'Shop',
        service('web', { ports: [{ port: 80, targetPort: 'http' }] }),
        ...services,
        deployment('shop', 'web', { ...podSpec, containers: [{ ...containers[0], ...container }] }),
      ),
    ],
  });
  stack.ingress?.expose('Web', {
    workload,
    service: 'web',
    healthCheckPath: '/health',
    priority: 1,
    ...exposure,
  });
  return stack;
}

const stack = stackWithIngress({ ingress: 'internal' });
const template = Template.fromStack(stack);

const only = (type: string, from = template) => {
  const found = Object.entries(from.findResources(type));
  expect(found).toHaveLength(1);
  return { id: found[0]![0], ...found[0]![1] } as { id: string; Properties: Rendered; DependsOn?: string[] };
};

test('an internal load balancer answers the VPC, on HTTP', () => {
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' });
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: 'Load balancer of the EKS cluster',
    SecurityGroupEgress: Match.absent(),
    SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.0.0.0/16', FromPort: 80, ToPort: 80 })],
  });
  const { Properties } = only('AWS::ElasticLoadBalancingV2::Listener');
  expect(Properties).toMatchObject({ Port: 80, Protocol: 'HTTP' });
  expect(Properties.DefaultActions).toMatchObject([{ FixedResponseConfig: { StatusCode: '404' } }]);
});

test('a public one answers the ranges that are named, on HTTPS, to which HTTP leads', () => {
  const open = Template.fromStack(
    stackWithIngress({
      ingress: 'public',
      ingressCidrs: '52.94.76.0/24,3.5.0.0/16',
      ingressCertificateArn: certificate,
    }),
  );
  open.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' });
  const [group] = Object.values(
    open.findResources('AWS::EC2::SecurityGroup', {
      Properties: { GroupDescription: 'Load balancer of the EKS cluster' },
    }),
  );
  expect(
    group!.Properties.SecurityGroupIngress.map(({ CidrIp, FromPort }: Rendered) => `${CidrIp} ${FromPort}`),
  ).toEqual(['52.94.76.0/24 80', '52.94.76.0/24 443', '3.5.0.0/16 80', '3.5.0.0/16 443']);
  const listeners = Object.values(open.findResources('AWS::ElasticLoadBalancingV2::Listener'));
  expect(
    listeners.map(({ Properties: { Port, Protocol, Certificates, DefaultActions } }) => ({
      Port,
      Protocol,
      Certificates,
      type: DefaultActions[0].Type,
    })),
  ).toEqual([
    { Port: 80, Protocol: 'HTTP', Certificates: undefined, type: 'redirect' },
    { Port: 443, Protocol: 'HTTPS', Certificates: [{ CertificateArn: certificate }], type: 'fixed-response' },
  ]);
  open.hasOutput('IngressUrl', { Value: { 'Fn::Join': ['', Match.arrayWith(['https://'])] } });
});

test('the listener of port 80 is the same resource with a certificate and without: a port has one listener', () => {
  const idOfHttp = (from: Template) =>
    Object.keys(from.findResources('AWS::ElasticLoadBalancingV2::Listener', { Properties: { Port: 80 } }));
  const encrypted = stackWithIngress({ ingress: 'internal', ingressCertificateArn: certificate });
  expect(idOfHttp(Template.fromStack(encrypted))).toEqual(idOfHttp(template));
});

test('another scheme is another load balancer, and gets other target groups, rules and bindings: none can be on two', () => {
  const open = Template.fromStack(stackWithIngress({ ingress: 'public', ingressCidrs: '52.94.76.0/24' }));
  for (const type of ['TargetGroup', 'ListenerRule']) {
    const resource = `AWS::ElasticLoadBalancingV2::${type}`;
    expect(only(resource, open).id).not.toBe(only(resource).id);
  }
  // Under its own name as well: the deletion of the old one would delete the new one.
  expect(manifestOf(open, 'TargetGroupBinding', 'web-public').logicalId).not.toBe(
    manifestOf(template, 'TargetGroupBinding', 'web-internal').logicalId,
  );
});

test('another port of the pods changes no target group: a binding could not follow', () => {
  const targets = [
    { port: 80, targetPort: 8080 },
    { port: 80, targetPort: 8081 },
  ].map((port) =>
    only(
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      Template.fromStack(
        stackWithIngress(
          { ingress: 'internal' },
          { service: 'numbered' },
          service('numbered', { ports: [port] }),
        ),
      ),
    ),
  );
  expect(targets[0]).toEqual(targets[1]);
});

test('pods get requests at their own addresses, on the port that the Service names', () => {
  const targets = only('AWS::ElasticLoadBalancingV2::TargetGroup');
  expect(targets.Properties).toMatchObject({ TargetType: 'ip', HealthCheckPath: '/health' });
  expect(only('AWS::ElasticLoadBalancingV2::ListenerRule').Properties).toMatchObject({
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
    Actions: [{ Type: 'forward', TargetGroupArn: { Ref: targets.id } }],
  });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    Description: 'Load balancer to shop/web',
    FromPort: 8080,
    ToPort: 8080,
    GroupId: { 'Fn::GetAtt': [Match.anyValue(), 'ClusterSecurityGroupId'] },
  });
  expect(manifestOf(template, 'TargetGroupBinding', 'web-internal').objects).toMatchObject([
    {
      metadata: { namespace: 'shop' },
      spec: { serviceRef: { name: 'web', port: 80 }, targetGroupARN: '<ref>', targetType: 'ip' },
    },
  ]);
});

/** The statements of the controller's role. */
function statements(from = template): { Action: string[]; Resource: unknown }[] {
  const policy = Object.values(from.findResources('AWS::IAM::Policy')).find(({ Properties }) =>
    JSON.stringify(Properties).includes('RegisterTargets'),
  );
  return policy!.Properties.PolicyDocument.Statement;
}

test('the controller may change the targets of the target groups that have the tag of the cluster, and nothing else', () => {
  const [read, ...write] = statements();
  expect(read!.Action.filter((action) => !/^\w+:Describe/.test(action))).toEqual([]);
  expect(write).toEqual([
    {
      Effect: 'Allow',
      Action: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
      Resource: { 'Fn::Join': ['', expect.arrayContaining([':targetgroup/*'])] },
      Condition: { StringEquals: { 'aws:ResourceTag/eks-fargate.io/cluster': 'Blocks' } },
    },
  ]);
  expect(only('AWS::ElasticLoadBalancingV2::TargetGroup').Properties.Tags).toContainEqual({
    Key: 'eks-fargate.io/cluster',
    Value: 'Blocks',
  });
});

test('its permissions stay when a Service is exposed no longer: the pods have to leave the target group then', () => {
  const nothingExposed = Template.fromStack(clusterStack({ ingress: 'internal' }));
  expect(statements(nothingExposed)).toEqual(statements());
});

test('all of it is in the policy that AWS publishes for the controller', () => {
  const file = path.join(
    path.dirname(require.resolve('aws-cdk-lib/aws-eks-v2')),
    'lib/addons/alb-iam_policy-v3.2.2.json',
  );
  const published = JSON.parse(readFileSync(file, 'utf8')).Statement.flatMap(
    ({ Action }: { Action: string[] }) => Action,
  );
  expect(published).toEqual(expect.arrayContaining(statements().flatMap(({ Action }) => Action)));
});

test('the controller is told region, VPC and account, and keeps out of what it is not for', () => {
  const { Properties } = only('Custom::AWSCDK-EKS-HelmChart');
  expect(Properties).toMatchObject({ Chart: 'aws-load-balancer-controller', Version: '3.2.2', Wait: true });
  const values = JSON.parse(
    Properties.Values['Fn::Join'][1]
      .map((part: unknown) => (typeof part === 'string' ? part : '<ref>'))
      .join(''),
  );
  expect(values).toMatchObject({
    clusterName: 'Blocks',
    region: '<ref>',
    vpcId: '<ref>',
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    serviceAccount: { create: false, name: 'aws-load-balancer-controller' },
    enableServiceMutatorWebhook: false,
  });
  // It watches Services and endpoints.
  expect(manifestOf(template, 'ServiceAccount', 'aws-load-balancer-controller').objects).toMatchObject([
    { automountServiceAccountToken: true },
  ]);
});

test('its pods are in the plan: profile, number and size', () => {
  expect(stack.cluster.plan.summary().map(withoutSuffixes)).toContain(
    'Deployment kube-system/aws-load-balancer-controller: 2 x 0.25vCPU 0.5GB, profile load-balancer-controller-profile',
  );
  expect(stack.cluster.plan.check().findings).toEqual([]);
});

test('a destroy leaves nothing behind: pods leave the target group while the controller runs', () => {
  const binding = manifestOf(template, 'TargetGroupBinding', 'web-internal');
  const chart = only('Custom::AWSCDK-EKS-HelmChart');
  expect(binding.resource.DependsOn).toEqual(
    expect.arrayContaining([
      chart.id,
      manifestOf(template, 'Service', 'web').logicalId,
      only('AWS::ElasticLoadBalancingV2::ListenerRule').id,
    ]),
  );
  const account = manifestOf(template, 'ServiceAccount', 'aws-load-balancer-controller');
  const policy = Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) =>
    id.startsWith('IngressController'),
  );
  expect(chart.DependsOn).toEqual(expect.arrayContaining([account.logicalId, ...policy]));
  const profiles = Object.entries(template.findResources('AWS::EKS::FargateProfile'))
    .filter(([, { Properties }]) => JSON.stringify(Properties).includes('aws-load-balancer-controller'))
    .map(([id]) => id);
  expect(chart.DependsOn).toEqual(expect.arrayContaining(profiles));
  // No Ingress: what would make a load balancer that CloudFormation does not know.
  expect(appliedManifests(template).flatMap(({ objects }) => objects.map(({ kind }) => kind))).not.toContain(
    'Ingress',
  );
});

test('without the setting there is nothing of it', () => {
  const without = Template.fromStack(stackWithIngress({}));
  without.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 0);
  without.resourceCountIs('Custom::AWSCDK-EKS-HelmChart', 0);
  without.resourceCountIs('AWS::IAM::OIDCProvider', 0);
});

test.each<
  [what: string, exposure: Partial<Exposure>, services: ReturnType<typeof service>[], message: string]
>([
  [
    'a Service that no chart has',
    { service: 'shop' },
    [],
    'Service shop/shop: is in no chart of the workload, so nothing can be sent to it. Its Services are: web.',
  ],
  [
    'a Service with two ports',
    { service: 'both' },
    [service('both', { ports: [{ port: 80 }, { port: 81 }] })],
    'Service shop/both: has 2 ports, and a load balancer sends to one. Give it a Service of its own, with that port.',
  ],
  [
    'a port that the pods do not have',
    { service: 'other' },
    [service('other', { ports: [{ port: 80, targetPort: 'admin' }] })],
    'Service shop/other: targetPort "admin" is the name of no port of its pods. Name a port of a container so, or write its number.',
  ],
])('%s cannot be exposed', (_what, exposure, services, message) => {
  expect(() => stackWithIngress({ ingress: 'internal' }, exposure, ...services)).toThrow(
    new UserError([message]),
  );
});

test('a port may be a number, or left to that of the Service', () => {
  for (const port of [{ port: 80, targetPort: 8443 }, { port: 8443 }]) {
    const numbered = stackWithIngress(
      { ingress: 'internal' },
      { service: 'numbered' },
      service('numbered', { ports: [port] }),
    );
    Template.fromStack(numbered).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      Description: 'Load balancer to shop/numbered',
      FromPort: 8443,
      ToPort: 8443,
    });
  }
});

test('a public load balancer requires public subnets', () => {
  const app = testApp(vpcLookup('a', 'b'));
  const environment = environmentWith({
    vpcId: lookupVpcId,
    ingress: 'public',
    ingressCidrs: '52.94.76.1/32',
  });
  expect(() => new ClusterStack(app, 'Existing', { environment, env: lookupEnv })).toThrow(
    new UserError([
      'ingress "public": the VPC has public subnets in 0 availability zones, and a load balancer requires two. Add public subnets, or set ingress to internal',
    ]),
  );
});

test('it has one subnet in each zone, of an existing VPC too', () => {
  jest.spyOn(console, 'error').mockImplementation();
  const environment = environmentWith({ vpcId: lookupVpcId, ingress: 'internal' });
  const existing = new ClusterStack(testApp(vpcLookup('a', 'b', 'b')), 'Existing', {
    environment,
    env: lookupEnv,
  });
  Template.fromStack(existing).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Subnets: ['subnet-0123456789abcdefa', 'subnet-0123456789abcdefb'],
  });
  expect(only('AWS::ElasticLoadBalancingV2::LoadBalancer').Properties.Subnets).toHaveLength(3);
});

test('two Services cannot have one priority', () => {
  const twice = stackWithIngress({ ingress: 'internal' });
  const workload = twice.node.findChild('Shop') as FargateWorkload;
  expect(() =>
    twice.ingress!.expose('Again', { workload, service: 'web', healthCheckPath: '/', priority: 1 }),
  ).toThrow(new UserError(['Service shop/web: priority 1 is that of Service shop/web. Choose another']));
});
