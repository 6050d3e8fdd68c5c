import { styleText } from 'node:util';
import type { CheckResult, Status, Step } from './check';
import { steps } from './check';
import { overall } from './checks';

/** The result of a run. */
export interface Report {
  readonly stack: string;
  readonly region: string;
  readonly cluster: string;
  /** The variant that was checked against. */
  readonly variant: string;
  /** The variant that the stack was deployed with. */
  readonly deployedVariant: string;
  readonly results: readonly CheckResult[];
}

const symbols = { held: '✓', broken: '✗', unknown: '?' } as const;
const colors = { held: 'green', broken: 'red', unknown: 'yellow' } as const;

/** The report for people: one line for a check that held, expected and observed for any other. */
export function formatText(report: Report, { color }: { readonly color: boolean }): string {
  const paint = (status: Status, text: string): string =>
    color ? styleText(colors[status], text, { validateStream: false }) : text;
  const { stack, region, cluster, variant, deployedVariant, results } = report;
  const lines = [
    `${stack} in ${region}, cluster ${cluster}, checked against variant ${variant}${
      variant === deployedVariant ? '' : ` (deployed: ${deployedVariant})`
    }`,
  ];
  for (const step of Object.keys(steps).map(Number) as readonly Step[]) {
    lines.push('', `${step}. ${steps[step]}`);
    for (const result of results.filter((candidate) => candidate.step === step)) {
      const [first = '', ...rest] = formatResult(result);
      lines.push(`   ${paint(result.status, symbols[result.status])} ${first}`, ...rest);
    }
  }
  const status = overall(results);
  lines.push('', `${paint(status, symbols[status])} ${summarize(results)}`);
  return `${lines.join('\n')}\n`;
}

function formatResult({ title, status, expected, observed, evidence, usualCause }: CheckResult): string[] {
  const evidenceLines = evidence.map((line) => `       ${line}`);
  if (status === 'held') {
    return [`${title}: ${observed}`, ...evidenceLines];
  }
  return [
    title,
    `       expected: ${expected}`,
    `       observed: ${observed}`,
    ...evidenceLines,
    ...(usualCause === null ? [] : [`       usually: ${usualCause}`]),
  ];
}

function summarize(results: readonly CheckResult[]): string {
  const count = (status: Status): number => results.filter((result) => result.status === status).length;
  return [
    `${count('held')} of ${results.length} checks hold`,
    ...(count('broken') > 0 ? [`${count('broken')} do${count('broken') === 1 ? 'es' : ''} not`] : []),
    ...(count('unknown') > 0 ? [`${count('unknown')} could not be judged`] : []),
  ].join(', ');
}

/**
 * The report for programs.
 *
 * @param problem why something could not be looked at, or `null`
 */
export function formatJson(report: Report | null, problem: string | null): string {
  const { results = [], ...about } = report ?? {};
  return `${JSON.stringify({ ...about, status: overall(results), problem, checks: results }, null, 2)}\n`;
}
