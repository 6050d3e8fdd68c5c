/** The report for machines. */
import { formatCapacity } from '../fargate/pod-size';
import type { Report } from './report';

/** JSON with the pods and findings of each run; `usdPerHour` is the price of one pod, like its `capacity`. */
export function renderJson({ region, runs }: Report): string {
  return JSON.stringify(
    {
      region,
      runs: runs.map(({ source, pods, findings }) => ({
        source,
        pods: pods.map(({ object, count, profile, size, usdPerHour }) => ({
          object,
          count,
          profile,
          capacity: size === null ? null : formatCapacity(size),
          usdPerHour,
        })),
        findings: findings.map(({ rule, severity, object, message, source: page }) => ({
          rule,
          severity,
          object,
          message,
          source: page,
        })),
      })),
    },
    null,
    2,
  );
}
