/** The report for machines. */
import { formatCapacity } from '../fargate/pod-size';
import type { Finding } from '../fargate/finding';
import type { Report } from './report';

/**
 * JSON with the findings of the cluster, and the pods and findings of each run; `usdPerHour` is the price of one
 * pod, like its `capacity`.
 */
export function renderJson({ region, findings: ofCluster, runs }: Report): string {
  return JSON.stringify(
    {
      region,
      findings: ofCluster.map(plain),
      runs: runs.map(({ source, pods, findings }) => ({
        source,
        pods: pods.map(({ object, count, profile, size, usdPerHour }) => ({
          object,
          count,
          profile,
          capacity: size === null ? null : formatCapacity(size),
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
function plain({ rule, severity, object, message, source }: Finding) {
  return { rule, severity, object, message, source };
}
