import { fixedCosts } from '../../../lib/commands/preflight/fixed-costs';
import type { VariantPlan } from '../../../lib/stack/plan-environment';

const plan = (resources: Readonly<Record<string, number>>, more: Partial<VariantPlan> = {}): VariantPlan => ({
  variant: undefined,
  clusters: [],
  stackNames: [],
  resources: new Map(Object.entries(resources)),
  endpointZones: 0,
  ...more,
});
const objects = (...list: readonly object[]) =>
  ({ clusters: [{ objects: [{ objects: list }] }] }) as unknown as Partial<VariantPlan>;

test('each resource that is billed by the hour, with its purpose', () => {
  const { fixedCosts: costs } = fixedCosts(
    plan(
      {
        'AWS::EKS::Cluster': 2,
        'AWS::EC2::NatGateway': 3,
        'AWS::KMS::Key': 1,
        'AWS::SecretsManager::Secret': 2,
        'AWS::EC2::VPCEndpoint': 4,
      },
      { endpointZones: 6 },
    ),
    'us-west-2',
  );
  expect(costs).toEqual([
    { item: '2 control planes: API server and etcd', usdPerHour: 0.2 },
    {
      item: '3 NAT gateways with their addresses: how pods reach images and AWS',
      usdPerHour: expect.closeTo(0.15),
    },
    { item: '1 KMS key: encrypts Secrets and logs', usdPerHour: expect.closeTo(1 / 730) },
    { item: '2 secrets: Secrets Manager', usdPerHour: expect.closeTo(0.8 / 730, 6) },
    {
      item: '6 interface endpoints, counted by zone: AWS APIs without NAT',
      usdPerHour: expect.closeTo(0.06),
    },
  ]);
});

test('nothing is nothing: no row for what is not there, and gateway endpoints are free', () => {
  expect(
    fixedCosts(plan({ 'AWS::EC2::VPCEndpoint': 2, 'AWS::IAM::Role': 3 }), 'us-west-2').fixedCosts,
  ).toEqual([]);
  expect(
    fixedCosts(plan({ 'AWS::Events::Rule': 1, 'AWS::SNS::TopicPolicy': 1 }), 'us-west-2').billedByUse,
  ).toEqual([]);
});

test('what has no price in the region is there without one', () => {
  expect(fixedCosts(plan({ 'AWS::EC2::NatGateway': 1 }), 'eu-central-1').fixedCosts).toEqual([
    { item: expect.stringMatching(/^1 NAT gateway with its address/u), usdPerHour: undefined },
  ]);
});

test('load balancers: one for each Service that asks for it, and for each group of Ingresses', () => {
  const group = { 'alb.ingress.kubernetes.io/group.name': 'shop' };
  const { fixedCosts: costs, billedByUse } = fixedCosts(
    plan(
      {},
      objects(
        { kind: 'Ingress', metadata: { name: 'a', namespace: 'x', annotations: group } },
        { kind: 'Ingress', metadata: { name: 'b', namespace: 'x', annotations: group } },
        { kind: 'Ingress', metadata: { name: 'c', namespace: 'x' } },
        { kind: 'Service', metadata: { name: 'd', namespace: 'x' }, spec: { type: 'LoadBalancer' } },
        { kind: 'Service', metadata: { name: 'e', namespace: 'x' }, spec: { type: 'ClusterIP' } },
        { kind: 'ConfigMap' },
      ),
    ),
    'us-west-2',
  );
  expect(costs).toEqual([
    { item: '3 load balancers: what Ingresses and Services ask for', usdPerHour: expect.closeTo(0.0675) },
  ]);
  expect(billedByUse).toContain('load and addresses of load balancers');
});

test('a load balancer of the stack counts as well', () => {
  const { fixedCosts: costs, billedByUse } = fixedCosts(
    plan({ 'AWS::ElasticLoadBalancingV2::LoadBalancer': 1, 'AWS::ElasticLoadBalancingV2::Listener': 1 }),
    'us-west-2',
  );
  expect(costs).toMatchObject([{ item: expect.stringMatching(/^1 load balancer: /u) }]);
  expect(billedByUse).toEqual(['load and addresses of load balancers']);
});

test('what is billed by use is named, and so is what nobody knows a price of', () => {
  const { billedByUse } = fixedCosts(
    plan({
      'AWS::EC2::VPC': 1,
      'AWS::DynamoDB::Table': 1,
      'AWS::RDS::DBInstance': 1,
      'AWS::EC2::RouteTable': 6,
    }),
    'us-west-2',
  );
  expect(billedByUse).toEqual(['data transfer', 'DynamoDB', 'AWS::RDS::DBInstance (no price on file)']);
});
