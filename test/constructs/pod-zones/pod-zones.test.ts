import { Template } from 'aws-cdk-lib/assertions';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import type { PodZone } from '../../../lib/constructs/pod-zones/pod-zone';
import { ClusterStack } from '../../../lib/stack/cluster-stack';
import { UserError } from '../../../lib/user-error';
import { manifestOf } from '../../support/applied-manifests';
import { environmentWith } from '../../support/environment-with';
import { withoutSuffixes } from '../../support/profile-names';
import type { Rendered } from '../../support/render';
import { testApp } from '../../support/test-stack';
import { lookupEnv, lookupVpcId, vpcLookup } from '../../support/vpc-lookup';
import { refusals } from '../../support/refusals';
import { chartOf, clusterStack, deployment } from '../support/cluster-stack';

/** A Deployment with labels of its pods in addition to its own. */
function labeled(name: string, podLabels: Readonly<Record<string, string>>) {
  const object = deployment('shop', name);
  const { spec } = object as Rendered;
  const { template } = spec;
  return {
    ...object,
    spec: {
      ...spec,
      template: { ...template, metadata: { labels: { ...template.metadata.labels, ...podLabels } } },
    },
  };
}

/** A shop, whose own profile comes before those of the zones by its name, with a Deployment in each zone. */
function stackWithShop(
  settings: Readonly<Record<string, unknown>> = {},
  labelsOf = ({ podLabels }: PodZone) => podLabels,
) {
  const stack = clusterStack({ podZones: true, ...settings });
  new FargateWorkload(stack, 'Shop', {
    cluster: stack.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    charts: stack.podZones.map((zone) =>
      chartOf(`Zone${zone.number}`, labeled(`web-${zone.number}`, labelsOf(zone))),
    ),
  });
  return stack;
}

const stack = stackWithShop();
const template = Template.fromStack(stack);

test('the pods of each zone land on a profile with the one subnet of the zone', () => {
  const { pods, findings } = stack.cluster.plan.check();
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(
    pods
      .filter(({ namespace }) => namespace === 'shop')
      .map(({ name, profile }) => [name, withoutSuffixes(profile ?? '')]),
  ).toEqual([
    ['web-1', 'zone-1-profile'],
    ['web-2', 'zone-2-profile'],
    ['web-3', 'zone-3-profile'],
  ]);
  const zones = Object.values(template.findResources('AWS::EKS::FargateProfile')).filter(({ Properties }) =>
    Properties.FargateProfileName.startsWith('zone-'),
  );
  const subnets = zones.map(({ Properties }) => Properties.Subnets as readonly { Ref: string }[]);
  expect(subnets.map(({ length }) => length)).toEqual([1, 1, 1]);
  const places = subnets.map(([subnet]) =>
    JSON.stringify(template.findResources('AWS::EC2::Subnet')[subnet!.Ref]!.Properties.AvailabilityZone),
  );
  expect(new Set(places).size).toBe(3);
});

test('the plan has the subnet of each zone, by which verify compares', () => {
  const planned = stack.cluster.plan.profiles.filter(({ name }) => name.startsWith('zone-'));
  expect(planned.map(({ subnets }) => subnets.length)).toEqual([1, 1, 1]);
});

test('the pods wait for the profiles', () => {
  const profiles = Object.entries(template.findResources('AWS::EKS::FargateProfile'))
    .filter(([, { Properties }]) => Properties.FargateProfileName.startsWith('zone-'))
    .map(([id]) => id);
  expect(manifestOf(template, 'Deployment', 'web-1').resource.DependsOn).toEqual(
    expect.arrayContaining(profiles),
  );
});

test('an existing VPC has all private subnets of a zone in one profile', () => {
  // CDK asks to tag the subnets for load balancers, of which there are none.
  jest.spyOn(console, 'error').mockImplementation();
  const existing = new ClusterStack(testApp(vpcLookup('a', 'b', 'a')), 'Blocks', {
    env: lookupEnv,
    environment: environmentWith({ vpcId: lookupVpcId, podZones: true }),
  });
  const planned = existing.cluster.plan.profiles.filter(({ name }) => name.startsWith('zone-'));
  const subnet = (zone: string) => `subnet-0123456789abcdef${zone}`;
  expect(planned.map(({ subnets }) => subnets)).toEqual([[subnet('a'), subnet('a')], [subnet('b')]]);
});

test.each<[what: string, labels: (zone: PodZone) => Readonly<Record<string, string>>, message: string]>([
  [
    'that write one of the labels only',
    ({ number }) => ({ 'eks-fargate.io/zone': number }),
    'Deployment shop/web-1: has the label eks-fargate.io/zone=1, but its profile is shop-profile-',
  ],
  [
    'of a zone that is not there',
    () => ({ 'eks-fargate.io/zone': '4' }),
    'Deployment shop/web-1: the label eks-fargate.io/zone=4 names no zone: there are 1, 2 or 3. Write the podLabels of one of podZones.',
  ],
])('pods %s are refused: they would run elsewhere', (_what, labels, message) => {
  const [first] = refusals(() => Template.fromStack(stackWithShop({}, labels)));
  expect(first).toMatch(/^\[Blocks\/PodZones\] /);
  expect(first).toContain(message);
});

test('more profiles than EKS allows are refused', () => {
  const registry = '111122223333.dkr.ecr.us-west-2.amazonaws.com';
  const crowded = {
    availabilityZones: 6,
    ingress: 'internal',
    autoscaling: true,
    externalSecrets: true,
    registry,
  };
  expect(refusals(() => Template.fromStack(stackWithShop(crowded)))).toEqual([
    expect.stringContaining('the cluster has 11 profiles, and EKS allows 10.'),
  ]);
});

test('without the setting the stack is refused', () => {
  expect(() => clusterStack().podZones).toThrow(
    new UserError([
      'stack Blocks puts pods into zones, and has no profile in each: set podZones to true in its environment (docs/pod-zones.md)',
    ]),
  );
});
