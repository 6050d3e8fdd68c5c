import { architectureDiagram } from '../../../scripts/accept/architecture-diagram';
import { planEnvironment } from '../../../lib/stack/plan-environment';
import { featureFlags } from '../../support/feature-flags';
import { withoutSuffixes } from '../../support/profile-names';
import { lookupVpcId } from '../../support/vpc-lookup';

jest.mock('../../../lib/stack/create-app', () => jest.requireActual('../../support/two-stacks'));
jest.mock('../../../lib/config/environments', () => jest.requireActual('../../support/environments'));

const draw = (settings: Readonly<Record<string, unknown>> = {}) =>
  withoutSuffixes(architectureDiagram(planEnvironment({ ...featureFlags, ...settings })));

test('it shows network, cluster, and the pods of every profile, whichever stack adds them', () => {
  const diagram = draw();
  for (const text of [
    'VPC 10.0.0.0/16, 3 zones',
    'EKS cluster TestStack, Kubernetes 1.36',
    '<b>web-profile</b><br>web/web<br>1 x 0.25vCPU 1GB',
    '<b>cart-profile</b><br>cart/cart<br>1 x 0.25vCPU 1GB',
    '3 NAT gateways',
    '5 encrypted log groups',
  ]) {
    expect(diagram).toContain(text);
  }
});

test('it follows the settings', () => {
  expect(draw({ apiAccessCidrs: '8.8.8.8/32' })).toContain('private endpoint, and public for 8.8.8.8/32');
  expect(draw({ vpcId: lookupVpcId })).toContain(`Existing VPC ${lookupVpcId}`);
});

test('every line begins and ends at a box', () => {
  const diagram = draw();
  const boxes = [...diagram.matchAll(/^ *([\w-]+)\["/gm)].map(([, id]) => id);
  const ends = [...diagram.matchAll(/^ *([\w-]+) (?:-->(?:\|"[^"]*"\|)?|~~~) ([\w-]+)$/gm)].flatMap(
    ([, from, to]) => [from, to],
  );
  expect(ends.length).toBeGreaterThan(8);
  expect(boxes).toEqual(expect.arrayContaining(ends));
});

test('a fourth profile is under the first, and the last row leads out', () => {
  const plan = planEnvironment(featureFlags);
  const [variant] = plan.variants;
  const { profiles } = variant!.clusters[0]!;
  const clusters = variant!.clusters.map((cluster) =>
    Object.create(cluster, { profiles: { value: [...profiles, { ...profiles[0]!, name: 'fourth' }] } }),
  );
  const diagram = withoutSuffixes(architectureDiagram({ ...plan, variants: [{ ...variant!, clusters }] }));
  expect(diagram).toContain('cluster1-system-profile ~~~ cluster1-fourth');
  expect(diagram).toContain('cluster1-fourth --> way-out');
  expect(diagram).not.toContain('cluster1-system-profile --> way-out');
});
