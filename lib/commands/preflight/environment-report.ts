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
import type { EnvironmentPlan, VariantPlan } from '../../stack/plan-environment';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { CheckResult } from '../../fargate/check-manifests';
import { priceRun, type FixedCost, type Report } from './report';

/**
 * Reports on an environment.
 *
 * @param today decides whether the Kubernetes version is still in standard support.
 */
export function reportEnvironment({ variants }: EnvironmentPlan, region: string, today: Date): Report {
  const [{ clusters, resources }] = variants as readonly [VariantPlan, ...VariantPlan[]];
  return {
    region,
    findings: clusters.flatMap(({ profiles, kubernetesVersion, clusterName }) => [
      ...checkProfiles(profiles),
      ...supportFindings(kubernetesVersion, clusterName, today),
    ]),
    runs: variants.map(({ variant, clusters: planned }) =>
      priceRun(variant ?? 'all', mergeChecks(planned), region),
    ),
    fixedCosts: [
      ...clusters.map(({ kubernetesVersion }) => controlPlane(kubernetesVersion)),
      ...gateways(resources.get('AWS::EC2::NatGateway') ?? 0, region),
    ],
    unreadable: [],
  };
}

function mergeChecks(clusters: readonly FargatePlan[]): CheckResult {
  const checks = clusters.map((plan) => plan.check());
  return {
    pods: checks.flatMap(({ pods }) => pods),
    findings: checks.flatMap(({ findings }) => findings),
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

function gateways(count: number, region: string): readonly FixedCost[] {
  if (count === 0) {
    return [];
  }
  const price = natGatewayHourlyPrice(region);
  return [
    {
      item: count === 1 ? '1 NAT gateway and its address' : `${count} NAT gateways and their addresses`,
      usdPerHour: price === undefined ? null : count * price,
    },
  ];
}
