import { quote } from '../wording';
import type { PlatformSettings } from './platform-settings';
import { exampleRegistry, placeOfRegistry } from './registry';

/** What cannot work in a VPC without a way to the internet. Of an existing one, subnets and endpoints are not known here. */
export function privateContradictions({
  region,
  vpcId,
  registry,
  ingress,
  externalSecrets,
}: PlatformSettings): readonly string[] {
  const place = registry === undefined ? undefined : placeOfRegistry(registry);
  const wayOut =
    vpcId === undefined
      ? 'natGateways to 1 or more'
      : `leave natGateways out if vpcId ${quote(vpcId)} has a way there`;
  const charts = [
    ...(ingress === 'internal' ? ['ingress "internal"'] : []),
    ...(externalSecrets ? ['externalSecrets "true"'] : []),
  ];
  return [
    ...(ingress === 'public' && vpcId === undefined
      ? [
          'ingress "public" requires public subnets, and natGateways "0" makes none: set ingress to internal, or natGateways to 1 or more',
        ]
      : []),
    ...(registry === undefined ? charts : []).map(
      (block) =>
        `${block} installs a Helm chart and an image from the internet, to which natGateways "0" leaves no way: set registry to your own in Amazon ECR, such as ${exampleRegistry}, with copies of both (docs/registry.md), or ${wayOut}`,
    ),
    ...(vpcId === undefined && place !== undefined && region !== undefined && place.region !== region
      ? [
          `registry ${quote(registry!)} is in ${place.region}, and natGateways "0" leaves a way to the registries of ${region} only: name one there (ECR can replicate repositories)`,
        ]
      : []),
  ];
}
