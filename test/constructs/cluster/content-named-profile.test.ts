import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { restrictedContainer, restrictedPod } from '../../../charts/restricted-pod';
import { ContentNamedProfile } from '../../../lib/constructs/cluster/content-named-profile';
import type { FargateProfile } from '../../../lib/fargate/sizing/profile';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import { objectsChart } from '../../support/objects-chart';
import { testStack } from '../../support/test-stack';

const shop: FargateProfile = { name: 'shop', selectors: [{ namespace: 'shop', labels: { tier: 'web' } }] };

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'cart', namespace: 'shop' },
  spec: {
    automountServiceAccountToken: false,
    securityContext: restrictedPod(1000),
    containers: [{ name: 'cart', image: 'cart:1', securityContext: restrictedContainer }],
  },
};

/** The name that a profile gets on a cluster of its own. */
function nameOf(
  profile: FargateProfile = shop,
  { roleId = 'Role', subnetIds = ['subnet-1', 'subnet-2'] } = {},
): string {
  const stack = new Stack(new App(), 'Stack');
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['us-west-2a', 'us-west-2b'],
    privateSubnetIds: subnetIds,
  });
  return new ContentNamedProfile(stack, 'Profile', {
    profile,
    cluster: new eks.Cluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.of('1.36'),
      vpc,
      vpcSubnets: [{ subnets: vpc.privateSubnets }],
    }),
    podExecutionRole: new Role(stack, roleId, {
      assumedBy: new ServicePrincipal('eks-fargate-pods.amazonaws.com'),
    }),
    vpc,
    subnetSelection: { subnets: vpc.privateSubnets },
  }).fargateProfileName;
}

// CDK asks to tag the subnets of an existing VPC.
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());

test('the name is that of the definition with a suffix, the same for the same content', () => {
  expect(nameOf()).toMatch(/^shop-[0-9a-f]{6}$/);
  expect(nameOf()).toBe(nameOf());
});

test.each<[what: string, name: string]>([
  ['a selector more', nameOf({ ...shop, selectors: [...shop.selectors, { namespace: 'cart' }] })],
  ['another namespace', nameOf({ ...shop, selectors: [{ namespace: 'cart', labels: { tier: 'web' } }] })],
  ['another label', nameOf({ ...shop, selectors: [{ namespace: 'shop', labels: { tier: 'api' } }] })],
  ['no label', nameOf({ ...shop, selectors: [{ namespace: 'shop' }] })],
  ['another role', nameOf(shop, { roleId: 'Other' })],
  ['more subnets', nameOf(shop, { subnetIds: ['subnet-1', 'subnet-2', 'subnet-3', 'subnet-4'] })],
  ['another subnet', nameOf(shop, { subnetIds: ['subnet-1', 'subnet-3'] })],
])('%s, which EKS cannot change in place, is another name', (_what, name) => {
  expect(name).toMatch(/^shop-[0-9a-f]{6}$/);
  expect(name).not.toBe(nameOf());
});

test('the template, the plan and the construct call it the same, by a literal name', () => {
  const stack = testStack();
  const { fargateProfileName } = stack.cluster.addProfile('Shop', shop);
  expect(stack.cluster.plan.profiles.map(({ name }) => name)).toContain(fargateProfileName);
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::FargateProfile', {
    FargateProfileName: fargateProfileName,
    Selectors: [{ Namespace: 'shop', Labels: [{ Key: 'tier', Value: 'web' }] }],
  });
});

/** A stack whose workload is on a profile, with more profiles beside it that are made before. */
function stackOn(profile: FargateProfile, beside: Readonly<Record<string, FargateProfile>> = {}) {
  const stack = testStack();
  for (const [id, more] of Object.entries(beside)) {
    stack.cluster.addProfile(id, more);
  }
  new FargateWorkload(stack, 'Shop', {
    cluster: stack.cluster,
    namespace: 'shop',
    profile,
    charts: [(app) => objectsChart([pod], 'Shop', app)],
  });
  const profiles = Object.entries(
    Template.fromStack(stack).findResources('AWS::EKS::FargateProfile', {
      Properties: { Selectors: Match.arrayWith([Match.objectLike({ Namespace: 'shop' })]) },
    }),
  ).map(([logicalId, { Properties }]) => `${logicalId} ${Properties.FargateProfileName}`);
  const landed = stack.cluster.plan.check().pods.find(({ name }) => name === 'cart')!.profile;
  return { profiles, landed };
}

test('pods move without downtime in the steps of docs/changing-a-profile.md', () => {
  const old = { name: 'shop-profile', selectors: [{ namespace: 'shop' }] };
  const next = { name: 'shop-a-profile', selectors: [{ namespace: 'shop' }, { namespace: 'cart' }] };
  const before = stackOn(old);
  const both = stackOn(old, { Next: next });
  const after = stackOn(next, { Next: next });

  expect(before.profiles).toEqual([expect.stringContaining(before.landed!)]);
  expect(both.profiles).toHaveLength(2);
  expect(both.landed).toMatch(/^shop-a-profile-/);
  // What the pods moved to stays as it is: same logical ID, same name.
  expect([...before.profiles, ...after.profiles].toSorted()).toEqual(both.profiles.toSorted());
  expect(after.landed).toBe(both.landed);
});

test('two profiles may stand under one name side by side, to move pods from one to the other', () => {
  const { cluster } = testStack();
  const before = cluster.addProfile('Shop', shop).fargateProfileName;
  const after = cluster.addProfile('ShopAfter', {
    name: 'shop',
    selectors: [{ namespace: '*' }],
  }).fargateProfileName;
  expect(after).not.toBe(before);
});
