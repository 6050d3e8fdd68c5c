import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Closing } from '../../../lib/constructs/pod-security-groups/closed-pods';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import { manifestOf } from '../../support/applied-manifests';
import type { Rendered } from '../../support/render';
import { refusals } from '../../support/refusals';
import { chartOf, clusterStack, deployment } from '../support/cluster-stack';

/** A stack with a shop whose cache is closed to all but the shop. */
function stackWithCache(
  settings: Readonly<Record<string, unknown>>,
  closing: Partial<Omit<Closing, 'workload'>> = {},
) {
  const stack = clusterStack(settings);
  const workload = new FargateWorkload(stack, 'Shop', {
    cluster: stack.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    charts: [chartOf('Cache', deployment('shop', 'cache')), chartOf('Web', deployment('shop', 'web'))],
  });
  stack.podSecurityGroups?.close('Cache', {
    workload,
    name: 'cache',
    pods: { app: 'cache' },
    port: 6379,
    from: { app: 'web' },
    ...closing,
  });
  return stack;
}

const stack = stackWithCache({ podSecurityGroups: true });
const template = Template.fromStack(stack);

/** The logical ID of the group with a description. */
const group = (description: string) =>
  Object.keys(
    template.findResources('AWS::EC2::SecurityGroup', { Properties: { GroupDescription: description } }),
  )[0]!;
const closed = group('Pods shop/cache');
const clients = group('Clients of the pods shop/cache');

/** Who a reference to a group means. */
function nameOf(reference: unknown): string {
  const [id, attribute] = (reference as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'];
  const names: Record<string, string> = { [closed]: 'closed', [clients]: 'clients' };
  return attribute === 'ClusterSecurityGroupId' ? 'cluster' : (names[id] ?? id);
}

/** The rules of all groups but those of the cluster among itself. */
const rules = ['Ingress', 'Egress'].flatMap((direction) =>
  Object.values(template.findResources(`AWS::EC2::SecurityGroup${direction}`))
    .map(({ Properties }) => Properties as Rendered)
    .map(({ GroupId, SourceSecurityGroupId, DestinationSecurityGroupId, IpProtocol, FromPort }) => {
      const other = nameOf(SourceSecurityGroupId ?? DestinationSecurityGroupId);
      return `${nameOf(GroupId)} ${direction === 'Ingress' ? 'from' : 'to'} ${other} ${IpProtocol} ${FromPort}`;
    }),
);

test('the closed pods admit their clients, and have what a pod on Fargate needs to start', () => {
  expect(rules.filter((rule) => rule.includes('closed')).toSorted()).toEqual([
    'clients to closed tcp 6379',
    'closed from clients tcp 6379',
    'closed from cluster tcp 10250',
    'closed to cluster tcp 443',
    'closed to cluster tcp 53',
    'closed to cluster udp 53',
    'cluster from closed tcp 443',
    'cluster from closed tcp 53',
    'cluster from closed udp 53',
  ]);
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: 'Pods shop/cache',
    SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }],
  });
});

test('with a proxy, they may talk to it', () => {
  const proxied = stackWithCache({ podSecurityGroups: true, httpsProxy: 'http://proxy.example.com:3128' });
  Template.fromStack(proxied).hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: 'Pods shop/cache',
    SecurityGroupEgress: [
      Match.objectLike({ FromPort: 443 }),
      { CidrIp: '0.0.0.0/0', FromPort: 3128, ToPort: 3128, IpProtocol: 'tcp', Description: 'Proxy' },
    ],
  });
});

test('the closed pods are not in the group of the cluster, and the clients stay in it', () => {
  const policy = (name: string) =>
    (manifestOf(template, 'SecurityGroupPolicy', name).objects as readonly Rendered[])[0]!.spec;
  expect(policy('cache')).toEqual({
    podSelector: { matchLabels: { app: 'cache' } },
    securityGroups: { groupIds: ['<ref>'] },
  });
  expect(policy('cache-clients')).toEqual({
    podSelector: { matchLabels: { app: 'web' } },
    securityGroups: { groupIds: ['<ref>', '<ref>'] },
  });
  const reference = (name: string) =>
    JSON.stringify(manifestOf(template, 'SecurityGroupPolicy', name).resource.Properties.Manifest);
  expect(reference('cache')).toContain(closed);
  expect(reference('cache')).not.toContain('ClusterSecurityGroupId');
  expect(reference('cache-clients')).toContain('ClusterSecurityGroupId');
  expect(reference('cache-clients')).toContain(clients);
});

test('the groups, with all their rules, are there before the policies, and these before the pods', () => {
  const rulesOf = (id: string) =>
    ['Ingress', 'Egress'].flatMap((direction) =>
      Object.entries(template.findResources(`AWS::EC2::SecurityGroup${direction}`))
        .filter(([, { Properties }]) => JSON.stringify(Properties).includes(id))
        .map(([rule]) => rule),
    );
  for (const name of ['cache', 'cache-clients']) {
    const policy = manifestOf(template, 'SecurityGroupPolicy', name);
    expect(policy.resource.DependsOn).toEqual(expect.arrayContaining([closed, ...rulesOf(closed)]));
    for (const pods of ['cache', 'web']) {
      expect(manifestOf(template, 'Deployment', pods).resource.DependsOn).toContain(policy.logicalId);
    }
  }
});

test('the control plane may manage network interfaces with the setting only', () => {
  const attached = (from: Template) =>
    Object.values(from.findResources('AWS::IAM::Role')).filter(({ Properties }) =>
      JSON.stringify(Properties.ManagedPolicyArns ?? '').includes('AmazonEKSVPCResourceController'),
    );
  expect(attached(template)).toMatchObject([
    { Properties: { Description: expect.stringContaining('Control plane') } },
  ]);
  const without = Template.fromStack(stackWithCache({}));
  expect(attached(without)).toEqual([]);
  expect(Object.keys(without.findResources('AWS::EC2::SecurityGroup'))).not.toContain(closed);
});

test('nothing is said against the policies', () => {
  expect(stack.cluster.plan.check().findings).toEqual([]);
});

test.each<[what: string, closing: Partial<Closing>, message: string]>([
  [
    'pods that are not there',
    { pods: { app: 'redis' } },
    'no pod has the labels {app: redis}, so port 6379 would stay open to all. Write labels that the pod template has.',
  ],
  [
    'clients that are not there',
    { from: { app: 'ui' } },
    'no pod has the labels {app: ui}, so port 6379 would be closed to all. Write labels that the pod template has.',
  ],
  [
    'clients of themselves',
    { from: {} },
    'Deployment shop/cache is closed, and a client of itself, which would open it to all. Write labels that tell the two apart.',
  ],
])('%s cannot be closed', (_what, closing, message) => {
  expect(refusals(() => Template.fromStack(stackWithCache({ podSecurityGroups: true }, closing)))).toEqual([
    `[Blocks/PodSecurityGroups/Cache] SecurityGroupPolicy shop/cache: ${message}`,
  ]);
});

/** ui may use api, and api may use the database: each is closed to all others. */
function stackWithChain(clientsOfDatabase?: Closing['from']) {
  const chain = clusterStack({ podSecurityGroups: true });
  const workload = new FargateWorkload(chain, 'Shop', {
    cluster: chain.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    charts: ['ui', 'api', 'database'].map((name) => chartOf(name, deployment('shop', name))),
  });
  const api = chain.podSecurityGroups!.close('Api', {
    workload,
    name: 'api',
    pods: { app: 'api' },
    port: 8080,
    from: { app: 'ui' },
  });
  chain.podSecurityGroups!.close('Database', {
    workload,
    name: 'database',
    pods: { app: 'database' },
    port: 5432,
    from: clientsOfDatabase ?? api,
  });
  return chain;
}

test('closed pods that are clients stay out of the group of the cluster', () => {
  const chain = Template.fromStack(stackWithChain());
  const { objects, resource } = manifestOf(chain, 'SecurityGroupPolicy', 'database-clients');
  expect(objects).toMatchObject([
    { spec: { podSelector: { matchLabels: { app: 'api' } }, securityGroups: { groupIds: ['<ref>'] } } },
  ]);
  expect(JSON.stringify(resource.Properties.Manifest)).not.toContain('ClusterSecurityGroupId');
  chain.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 5432, Description: 'Clients' });
});

test('a closed pod cannot be a client by its labels, of another closing either: that would open it', () => {
  expect(refusals(() => Template.fromStack(stackWithChain({ app: 'api' })))).toEqual([
    '[Blocks/PodSecurityGroups/Database] SecurityGroupPolicy shop/database-clients: Deployment shop/api is closed by api, and as a client it would be open to all again. Close api first, and write what close returned as from.',
  ]);
});

/** A shop whose api is closed to all but ui, with one of the two behind the load balancer. */
function stackWithExposed(service: string) {
  const exposed = clusterStack({ podSecurityGroups: true, ingress: 'internal' });
  const objects = ['api', 'ui'].flatMap((name) => [
    deployment('shop', name),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'shop' },
      spec: { selector: { app: name }, ports: [{ port: 8080 }] },
    },
  ]);
  const workload = new FargateWorkload(exposed, 'Shop', {
    cluster: exposed.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    charts: [chartOf('Shop', ...objects)],
  });
  exposed.podSecurityGroups!.close('Api', {
    workload,
    name: 'api',
    pods: { app: 'api' },
    port: 8080,
    from: { app: 'ui' },
  });
  exposed.ingress!.expose('Web', { workload, service, healthCheckPath: '/', priority: 1 });
  return exposed;
}

test('a closed pod cannot be exposed, since the load balancer is no client, and its clients can', () => {
  expect(refusals(() => Template.fromStack(stackWithExposed('api')))).toEqual([
    '[Blocks/PodSecurityGroups/Api] SecurityGroupPolicy shop/api: Deployment shop/api is exposed, and the load balancer would not reach it, as only clients do. Leave it open, or do not expose it.',
  ]);
  expect(refusals(() => Template.fromStack(stackWithExposed('ui')))).toEqual([]);
});

test.each([
  { closings: 4, findings: 0 },
  { closings: 5, findings: 1 },
])(
  'a client of $closings closings has one group for each, and that of the cluster',
  ({ closings, findings }) => {
    const names = Array.from({ length: closings }, (_, index) => `cache-${index}`);
    const many = clusterStack({ podSecurityGroups: true });
    const workload = new FargateWorkload(many, 'Shop', {
      cluster: many.cluster,
      namespace: 'shop',
      profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
      charts: ['web', ...names].map((name) => chartOf(name, deployment('shop', name))),
    });
    for (const name of names) {
      many.podSecurityGroups!.close(name, {
        workload,
        name,
        pods: { app: name },
        port: 6379,
        from: { app: 'web' },
      });
    }
    expect(many.cluster.plan.check().findings.map(({ rule, object }) => `${rule} ${object}`)).toEqual(
      Array(findings).fill('security-group-count Deployment shop/web'),
    );
  },
);
