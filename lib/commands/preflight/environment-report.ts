/** The report on an environment, in each of its variants. */
import {
  kubernetesRelease,
  kubernetesVersionsPage,
  supportWarning,
  supportWarningId,
} from '../../config/kubernetes-releases';
import { acknowledge, type Acknowledgement } from '../../fargate/acknowledge';
import { checkProfiles } from '../../fargate/check-profiles';
import type { Finding } from '../../fargate/finding';
import type { EnvironmentPlan, VariantPlan } from '../../stack/plan-environment';
import { fixedCosts } from './fixed-costs';
import { priceRun, type PlacedFinding, type Report } from './report';

/** What a report depends on, in addition to the plan. */
export interface ReportOptions {
  readonly region: string;
  readonly acknowledgements: readonly Acknowledgement[];
  /** Decides whether the Kubernetes version is still in standard support. */
  readonly today: Date;
}

/** Reports on an environment. */
export function reportEnvironment(
  { environment, variants }: EnvironmentPlan,
  { region, acknowledgements, today }: ReportOptions,
): Report {
  const [first] = variants as readonly [VariantPlan, ...VariantPlan[]];
  const ofClusters = first.clusters.flatMap(({ profiles, kubernetesVersion, clusterName }) => [
    ...checkProfiles(profiles),
    ...supportFindings(kubernetesVersion, clusterName, today),
  ]);
  const ofVariants = variants.map((plan) => ({
    source: plan.variant ?? environment.name,
    checks: plan.clusters.map((cluster) => cluster.check()),
  }));
  return {
    environment: environment.name,
    inputs: 0,
    region,
    runs: ofVariants.map(({ source, checks }) =>
      priceRun(
        source,
        checks.flatMap(({ pods }) => pods),
        region,
      ),
    ),
    ...fixedCosts(first, region),
    findings: place(
      ofClusters,
      ofVariants.map(({ source, checks }) => ({
        source,
        findings: checks.flatMap((check) => check.findings),
      })),
      acknowledgements,
    ),
    unreadable: [],
    leftOut: [],
  };
}

/** Each finding once, with all the variants that have it. */
function place(
  ofClusters: readonly Finding[],
  ofVariants: readonly { readonly source: string; readonly findings: readonly Finding[] }[],
  acknowledgements: readonly Acknowledgement[],
): readonly PlacedFinding[] {
  const placed = new Map<string, Finding & { readonly sources: string[] }>();
  for (const { source, findings } of [{ source: undefined, findings: ofClusters }, ...ofVariants]) {
    for (const finding of findings) {
      const key = JSON.stringify([finding.rule, finding.message]);
      const known = placed.get(key) ?? { ...finding, sources: [] };
      placed.set(key, known);
      if (source !== undefined) {
        known.sources.push(source);
      }
    }
  }
  return acknowledge([...placed.values()], acknowledgements).map((finding) => ({ sources: [], ...finding }));
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
      index: undefined,
    },
  ];
}
