/** The report for machines: docs/preflight.md says what each field is. */
import { formatCapacity } from '../../fargate/sizing/pod-size';
import { priceListPage, pricesOf } from '../../fargate/sizing/prices';
import { fixedCost, runCost } from './bill';
import type { InputError } from './read-input';
import type { PlacedFinding, PricedPod, Report } from './report';

/** One report, or a list of them. JSON has null for what is unknown, so that no field is missing. */
export function renderJson(reports: Report | readonly Report[]): string {
  return JSON.stringify('runs' in reports ? plainReport(reports) : reports.map(plainReport), null, 2);
}

function plainReport(report: Report): object {
  const prices = pricesOf(report.region);
  const { environment, region, runs, fixedCosts, unreadable, leftOut, findings } = report;
  return {
    environment: environment ?? null,
    region,
    prices: prices ? { read: prices.read, source: priceListPage(region) } : null,
    unreadable: unreadable.map(plainInput),
    leftOut: leftOut.map(plainInput),
    findings: findings.map(plainFinding),
    runs: runs.map((run) => ({
      source: run.source,
      pods: run.pods.map(plainPod),
      usdPerHour: runCost(run) ?? null,
    })),
    fixedCosts: fixedCosts.map(({ item, usdPerHour }) => ({ item, usdPerHour: usdPerHour ?? null })),
    fixedUsdPerHour: fixedCost(fixedCosts)?.min ?? null,
  };
}

function plainInput({ file, line, reason }: InputError): object {
  return { file, line: line ?? null, message: reason };
}

/** A finding without its position, which stands for nothing outside. */
function plainFinding(finding: PlacedFinding): object {
  const { rule, severity, object, message, source, sources, acknowledged } = finding;
  return { rule, severity, object, message, source, in: sources, acknowledged: acknowledged ?? null };
}

function plainPod({ object, count, profile, size, ephemeralGib, run, usdPerHour }: PricedPod): object {
  return {
    object,
    count: count ?? null,
    profile: profile ?? null,
    capacity: size ? formatCapacity(size) : null,
    extraStorageGib: ephemeralGib ?? 0,
    run: run
      ? {
          schedule: run.schedule ?? null,
          timeZone: run.timeZone ?? null,
          suspended: run.suspended,
          completions: run.completions,
          deadlineSeconds: run.deadlineSeconds ?? null,
        }
      : null,
    usdPerHour: usdPerHour ?? null,
  };
}
