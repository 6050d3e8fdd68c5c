import { zoneCount } from '../../lib/config/settings';
import { formatCount } from '../../lib/fargate/manifest/autoscaler';
import type { PodPlan } from '../../lib/fargate/pod-plan';
import { formatCapacity } from '../../lib/fargate/sizing/pod-size';
import type { EnvironmentPlan } from '../../lib/stack/plan-environment';
import type { FargatePlan } from '../../lib/synthesis/fargate-plan';

/** Profiles side by side: more would be smaller than text on a page of some 900 pixels. */
const profilesInRow = 3;

/**
 * Draws what an environment deploys as a Mermaid flow chart: what runs on which Fargate profile, and how it is reached and
 * reaches AWS. Of variants it shows the first.
 */
export function architectureDiagram({ environment, variants }: EnvironmentPlan): string {
  const { values } = environment;
  const { clusters, resources } = variants[0]!;
  const count = (type: string) => resources.get(type) ?? 0;
  const gateways = count('AWS::EC2::NatGateway');
  const network =
    values.vpcId === undefined
      ? `VPC ${values.vpcCidr}, ${zoneCount(values.availabilityZones)} zones`
      : `Existing VPC ${values.vpcId}`;
  const endpoint =
    values.apiAccessCidrs.length === 0
      ? 'private endpoint only'
      : `private endpoint, and public for ${values.apiAccessCidrs.join(', ')}`;

  return [
    'flowchart TB',
    ...group('vpc', network, [
      box('handler', 'kubectl handler (Lambda)'),
      ...clusters.flatMap((plan, index) => cluster(plan, `cluster${index + 1}`, endpoint)),
      ...(gateways === 0 ? [] : [box('way-out', `${gateways} NAT gateway${gateways === 1 ? '' : 's'}`)]),
    ]),
    box('aws', 'AWS APIs, image registries', `${count('AWS::Logs::LogGroup')} encrypted log groups`),
    ...clusters.flatMap((plan, index) => {
      const id = `cluster${index + 1}`;
      return [
        arrow('handler', `${id}-api`, 'charts, in order'),
        ...plan.profiles
          .slice(-profilesInRow)
          .map(({ name }) => arrow(`${id}-${name}`, gateways === 0 ? 'aws' : 'way-out')),
      ];
    }),
    ...(gateways === 0 ? [] : [arrow('way-out', 'aws', 'images, logs')]),
  ].join('\n');
}

function cluster(plan: FargatePlan, id: string, endpoint: string): string[] {
  const { pods } = plan.check();
  const boxes = plan.profiles.map(({ name }) => ({
    id: `${id}-${name}`,
    text: box(
      `${id}-${name}`,
      `<b>${name}</b>`,
      ...pods.filter(({ profile }) => profile === name).flatMap(podLines),
    ),
  }));
  return group(id, `EKS cluster ${plan.clusterName}, Kubernetes ${plan.kubernetesVersion}`, [
    box(`${id}-api`, 'API server', endpoint),
    ...boxes.map(({ text }) => text),
    ...boxes.map((profile, index) =>
      index < profilesInRow
        ? arrow(`${id}-api`, profile.id)
        : // An invisible line: under the profile of the row above.
          `${boxes[index - profilesInRow]!.id} ~~~ ${profile.id}`,
    ),
  ]);
}

function podLines({ namespace, name, count, size }: PodPlan): string[] {
  return [
    `${namespace}/${name}`,
    `${count ? formatCount(count) : 'any number'} x ${size ? formatCapacity(size) : 'no size'}`,
  ];
}

function group(id: string, title: string, inside: readonly string[]): string[] {
  return [`subgraph ${id}["${title}"]`, ...inside.map((line) => `  ${line}`), 'end'];
}

function box(id: string, ...lines: readonly string[]): string {
  return `${id}["${lines.join('<br>')}"]`;
}

function arrow(from: string, to: string, text?: string): string {
  return text === undefined ? `${from} --> ${to}` : `${from} -->|"${text}"| ${to}`;
}
