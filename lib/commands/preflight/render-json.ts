/** The report for machines. */
import { formatCapacity } from '../../fargate/sizing/pod-size';
import type { Finding } from '../../fargate/finding';
import type { Report } from './report';

/**
 * JSON with what could not be read, the findings of the cluster, and the pods and findings of each run;
 * `usdPerHour` is the price of one pod, like its `capacity`.
 */
export function renderJson({ region, unreadable, findings: ofCluster, runs }: Report): string {
  return JSON.stringify(
    {
      region,
      unreadable: unreadable.map(({ file, line, reason }) => ({ file, line: line ?? null, message: reason })),
      findings: ofCluster.map(plain),
      runs: runs.map(({ source, pods, findings }) => ({
        source,
        pods: pods.map(({ object, count, profile, size, usdPerHour }) => ({
          object,
          count: count?.min ?? null,
          profile: profile ?? null,
          capacity: size === undefined ? null : formatCapacity(size),
          usdPerHour,
        })),
        findings: findings.map(plain),
      })),
    },
    null,
    2,
  );
}

/** A finding without its position, which stands for nothing outside. */
function plain({ rule, severity, object, message, source, acknowledged }: Finding) {
  return { rule, severity, object, message, source, acknowledged };
}
