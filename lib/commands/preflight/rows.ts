/** The rows that the table and the Markdown page have in common. */
import { countsAs } from '../../fargate/finding';
import { formatCount } from '../../fargate/manifest/autoscaler';
import { formatCapacity } from '../../fargate/sizing/pod-size';
import { hoursPerMonth, priceList } from '../../fargate/sizing/prices';
import { allFindings, fixedPrice, rowPrice, runPrice, type Report, type Run } from './report';

/** What stands where there is nothing. */
const nothingCell = '-';

export const columnHeadings = ['PODS', 'OBJECT', 'PROFILE', 'SIZE OF EACH', 'USD/HOUR', 'USD/MONTH'] as const;
/** The columns of numbers, in which the last digits should be below each other. */
const numericColumns: ReadonlySet<string> = new Set(['PODS', 'USD/HOUR', 'USD/MONTH']);

/** Whether a column, by its index, holds numbers. */
export function isNumeric(column: number): boolean {
  return numericColumns.has(columnHeadings[column]!);
}

/** Rows that belong together. */
export interface Block {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** A block for each run; under them, what the stack costs besides. */
export function blocks(report: Report): readonly Block[] {
  const runs = report.runs.map((run) => ({ title: run.source, rows: runRows(run, report) }));
  return report.fixedCosts.length === 0
    ? runs
    : [
        ...runs,
        {
          title: 'costs besides, in each',
          rows: report.fixedCosts.map(({ item, usdPerHour }) => ['', item, '', '', ...prices(usdPerHour)]),
        },
      ];
}

/** One row for each object with pods, priced for all of its pods, and the totals of the run. */
function runRows(run: Run, { fixedCosts }: Report): Block['rows'] {
  const rows = run.pods.map((pod) => [
    pod.count === undefined ? nothingCell : formatCount(pod.count),
    pod.object,
    pod.profile ?? nothingCell,
    pod.size === undefined ? nothingCell : formatCapacity(pod.size),
    ...prices(rowPrice(pod)),
  ]);
  const pods = run.pods.reduce((sum, { count }) => sum + (count?.min ?? 0), 0);
  const podsPrice = runPrice(run);
  const besides = fixedPrice(fixedCosts);
  const all = podsPrice === null || besides === null ? null : podsPrice + besides;
  return [
    ...rows,
    [String(pods), 'total of the pods', '', '', ...prices(podsPrice)],
    ...(fixedCosts.length === 0 ? [] : [['', 'total, with the costs besides', '', '', ...prices(all)]]),
  ];
}

/** The whole page: the table with what to know of its prices, a line for each finding, and the count. */
export function layOut(report: Report, table: readonly string[], findings: readonly string[]): string {
  return [
    ...(report.runs.length > 0 ? [...table, '', priceNote(report), ''] : []),
    ...(findings.length > 0 ? [...findings, ''] : []),
    summarize(report),
  ].join('\n');
}

/** The last two cells of a row: by the hour, and by the month. */
function prices(usd: number | null): readonly [string, string] {
  return usd === null ? [nothingCell, nothingCell] : [usd.toFixed(6), (usd * hoursPerMonth).toFixed(2)];
}

/** Where the prices come from, and on a second line what they leave out. */
function priceNote({ region, fixedCosts }: Report): string {
  if (!Object.hasOwn(priceList.regions, region)) {
    return `No prices on file for region ${region}: sizes only.\nOn file: ${Object.keys(priceList.regions).join(', ')} (lib/fargate/sizing/prices.ts).`;
  }
  const left = fixedCosts.length > 0 ? 'data transfer, logs, keys' : 'data transfer';
  return `Prices of ${region}, read ${priceList.asOf}, a month of ${hoursPerMonth} h.\nWithout ${left}, and storage above 20 GiB a pod.`;
}

/** `2 errors, 1 warning`; where something could not be read, that comes first: a count of zero would look fine. */
function summarize(report: Report): string {
  const { runs } = report;
  const findings = allFindings(report);
  const acknowledged = findings.filter((finding) => finding.acknowledged !== undefined).length;
  const counts = [
    ...(['error', 'warning'] as const).map((severity) =>
      countOf(findings.filter((finding) => countsAs(severity, finding)).length, severity),
    ),
    ...(acknowledged > 0 ? [`${acknowledged} acknowledged`] : []),
  ].join(', ');
  const unreadable = new Set(report.unreadable.map(({ file }) => file)).size;
  if (unreadable === 0) {
    return counts;
  }
  const told = `${countOf(unreadable, 'input')} could not be read`;
  return runs.length === 0 ? told : `${told} in full; in the rest: ${counts}`;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
