/** The report on this repository's own stack, in its three variants. Loads the CDK: only for this mode. */
import { checkProfiles } from '../fargate/check-profiles';
import { controlPlaneHourlyPrice, natGatewayHourlyPrice } from '../fargate/price';
import { kubernetesRelease } from '../kubernetes-version';
import { planVariants } from '../plan-variants';
import { priceRun, type FixedCost, type Report } from './report';

/**
 * @param today decides whether the Kubernetes version is in standard or extended support, which has another price
 * @throws UserError when the configuration is wrong
 */
export function reportStack(region: string, today: Date): Report {
  const { kubernetesVersion, profiles, natGateways, variants } = planVariants();
  return {
    region,
    findings: checkProfiles(profiles),
    runs: variants.map(({ variant, check }) => priceRun(variant, check, region)),
    fixedCosts: [controlPlane(kubernetesVersion, today), gateways(natGateways, region)],
    unreadable: 0,
  };
}

function controlPlane(version: string, today: Date): FixedCost {
  const standard = today.toISOString().slice(0, 10) <= kubernetesRelease(version).standardSupportEnds;
  const support = standard ? 'standard' : 'extended';
  return {
    item: `control plane (${version}, ${support} support)`,
    usdPerHour: controlPlaneHourlyPrice(support),
  };
}

function gateways(count: number, region: string): FixedCost {
  const price = natGatewayHourlyPrice(region);
  return {
    item: `${count} NAT gateway${count === 1 ? '' : 's'} and their addresses`,
    usdPerHour: price === undefined ? null : count * price,
  };
}
