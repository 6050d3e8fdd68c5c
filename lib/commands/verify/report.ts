import { paint, type Output } from '../terminal';
import { worst, type CheckResult, type Status } from '../cluster/check';

/** The result of a run, cluster by cluster. */
export interface Report {
  /** The first line: what is judged. */
  readonly title: string;
  /** Titles of the steps. */
  readonly steps: readonly string[];
  readonly clusters: readonly ClusterReport[];
}

export interface ClusterReport {
  readonly cluster: string;
  readonly checks: readonly CheckResult[];
  /** Why the cluster could not be looked at. */
  readonly problem?: string;
  /** What `--details` asked for. */
  readonly details?: object;
}

const symbols = { held: '✓', broken: '✗', unknown: '?', noted: '-' } as const;
const meanings = { held: 'good', broken: 'error', unknown: 'warning', noted: 'dim' } as const;

/** The report for people: a line for a check that held, expected and observed for any other. */
export function formatText({ title, steps, clusters }: Report, output: Output): string {
  const symbol = (status: Status): string => paint(output, meanings[status], symbols[status]);
  const lines = [title];
  for (const { cluster, checks } of clusters) {
    lines.push(...(clusters.length > 1 ? ['', `Cluster ${cluster}`] : []));
    for (const [index, step] of steps.entries()) {
      const own = checks.filter((check) => check.step === index + 1);
      lines.push(...(own.length > 0 ? ['', `${index + 1}. ${step}`] : []));
      for (const check of own) {
        const [first = '', ...rest] = formatCheck(check);
        lines.push(`   ${symbol(check.status)} ${first}`, ...rest.map((line) => `       ${line}`));
      }
    }
  }
  const all = clusters.flatMap(({ checks }) => checks);
  return [...lines, '', `${symbol(worst(all))} ${summarize(all)}`, ''].join('\n');
}

function formatCheck({ title, status, subjects }: CheckResult): readonly string[] {
  if (status === 'broken' || status === 'unknown') {
    return [
      title,
      ...formatTrouble(subjects.filter((one) => one.status === 'broken' || one.status === 'unknown')),
    ];
  }
  const [observed, ...others] = new Set(subjects.map((one) => one.observed));
  const evidence = subjects.flatMap((one) => one.evidence ?? []);
  // What is the same everywhere is said once.
  return others.length === 0 && status === 'held'
    ? [`${title}: ${observed}`, ...evidence]
    : [title, ...new Set(subjects.map((one) => `${one.owner ?? one.subject}: ${one.observed}`)), ...evidence];
}

/** Those that have their usual cause in common end with it. */
function formatTrouble(subjects: CheckResult['subjects']): readonly string[] {
  const causes = new Set(subjects.map(({ usualCause }) => usualCause));
  return [...causes].flatMap((cause) => [
    ...subjects
      .filter(({ usualCause }) => usualCause === cause)
      .flatMap(({ subject, status, expected, observed, evidence = [] }) => [
        `${subject && `${subject}: `}${observed}`,
        ...(status === 'broken' ? [`  expected: ${expected}`] : []),
        ...evidence.map((line) => `  ${line}`),
      ]),
    ...(cause === undefined ? [] : [`usually: ${cause}`]),
  ]);
}

function summarize(results: readonly CheckResult[]): string {
  const count = (status: Status): number => results.filter((result) => result.status === status).length;
  const [broken, unknown] = [count('broken'), count('unknown')];
  return [
    `${count('held')} of ${results.length - count('noted')} checks hold`,
    ...(broken > 0 ? [`${broken} do${broken === 1 ? 'es' : ''} not`] : []),
    ...(unknown > 0 ? [`${unknown} could not be judged`] : []),
  ].join(', ');
}
