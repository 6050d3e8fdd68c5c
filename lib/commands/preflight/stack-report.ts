/** The report on this repository's own stack, in its three variants. Loads the CDK: only for this mode. */
import { checkProfiles } from '../../fargate/check-profiles';
import type { Finding } from '../../fargate/finding';
import { controlPlaneHourlyPrice, natGatewayHourlyPrice } from '../../fargate/sizing/prices';
import {
  kubernetesVersionsPage,
  kubernetesRelease,
  supportWarningId,
  supportWarning,
} from '../../config/kubernetes-releases';
import { planVariants } from '../../stack/plan-variants';
import { priceRun, type FixedCost, type Report } from './report';

/**
 * @param today decides whether the Kubernetes version is still in standard support
 * @throws UserError when the configuration is wrong
 */
export function reportStack(region: string, today: Date): Report {
  const { stackName, kubernetesVersion, profiles, natGateways, variants } = planVariants();
  return {
    region,
    findings: [...checkProfiles(profiles), ...supportFindings(kubernetesVersion, stackName, today)],
    runs: variants.map(({ variant, check }) => priceRun(variant, check, region)),
    fixedCosts: [
      controlPlane(kubernetesVersion),
      ...(natGateways === 0 ? [] : [gateways(natGateways, region)]),
    ],
    unreadable: [],
  };
}

/** What the synthesis warns of too, under the same id. */
function supportFindings(version: string, cluster: string, today: Date): readonly Finding[] {
  const message = supportWarning(kubernetesRelease(version), today);
  if (message === undefined) {
    return [];
  }
  return [
    {
      rule: supportWarningId,
      severity: 'warning',
      object: `Cluster ${cluster}`,
      message,
      source: kubernetesVersionsPage,
      index: 0,
    },
  ];
}

/** Always at the price of standard support: under the stack's upgrade policy EKS upgrades a cluster that leaves it. */
function controlPlane(version: string): FixedCost {
  return {
    item: `control plane (Kubernetes ${version})`,
    usdPerHour: controlPlaneHourlyPrice(),
  };
}

function gateways(count: number, region: string): FixedCost {
  const price = natGatewayHourlyPrice(region);
  return {
    item: count === 1 ? '1 NAT gateway and its address' : `${count} NAT gateways and their addresses`,
    usdPerHour: price === undefined ? null : count * price,
  };
}
