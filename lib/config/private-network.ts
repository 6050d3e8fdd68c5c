import { quote } from '../wording';
import type { PlatformSettings } from './platform-settings';
import { exampleRegistry, placeOfRegistry } from './registry';

/** What cannot work in a VPC without a way to the internet. */
export function privateContradictions({
  region,
  registry,
  ingress,
  externalSecrets,
}: PlatformSettings): readonly string[] {
  const place = registry === undefined ? undefined : placeOfRegistry(registry);
  const charts = [
    ...(ingress === 'internal' ? ['ingress "internal"'] : []),
    ...(externalSecrets ? ['externalSecrets "true"'] : []),
  ];
  return [
    ...(ingress === 'public'
      ? [
          'ingress "public" requires public subnets, and natGateways "0" makes none: set ingress to internal, or natGateways to 1 or more',
        ]
      : []),
    ...(registry === undefined ? charts : []).map(
      (block) =>
        `${block} installs a Helm chart and an image from the internet, to which natGateways "0" leaves no way: set registry to your own in Amazon ECR, such as ${exampleRegistry}, with copies of both (docs/registry.md), or natGateways to 1 or more`,
    ),
    ...(place !== undefined && region !== undefined && place.region !== region
      ? [
          `registry ${quote(registry!)} is in ${place.region}, and natGateways "0" leaves a way to the registries of ${region} only: name one there (ECR can replicate repositories)`,
        ]
      : []),
  ];
}
