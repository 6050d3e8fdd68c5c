/** The rows that the table and the Markdown page have in common. */
import { formatCapacity } from '../fargate/pod-size';
import { HOURS_PER_MONTH } from '../fargate/price';
import { PRICES } from '../fargate/prices';
import { rowPrice, runPrice, type Report, type Run } from './report';

/** What stands where there is nothing. */
const NOTHING = '-';

export const HEADINGS = [
  'SOURCE',
  'PODS',
  'OBJECT',
  'PROFILE',
  'SIZE OF EACH',
  'USD/HOUR',
  'USD/MONTH',
] as const;
/** Index of the first column of numbers in which the last digits should be below each other. */
export const FIRST_PRICE = HEADINGS.indexOf('USD/HOUR');

function perHour(usd: number | null): string {
  return usd === null ? NOTHING : usd.toFixed(6);
}

function perMonth(usd: number | null): string {
  return usd === null ? NOTHING : (usd * HOURS_PER_MONTH).toFixed(2);
}

/** One row for each object with pods, priced for all of its pods, and the total of the run. */
export function runRows(run: Run): readonly (readonly string[])[] {
  const rows = run.pods.map((pod) => [
    run.source,
    pod.count === null ? NOTHING : String(pod.count),
    pod.object,
    pod.profile ?? NOTHING,
    pod.size === null ? NOTHING : formatCapacity(pod.size),
    perHour(rowPrice(pod)),
    perMonth(rowPrice(pod)),
  ]);
  const pods = run.pods.reduce((sum, { count }) => sum + (count ?? 0), 0);
  return [
    ...rows,
    [run.source, String(pods), 'total', '', '', perHour(runPrice(run)), perMonth(runPrice(run))],
  ];
}

/** What the stack costs besides, with the same columns. */
export function fixedCostRows({ fixedCosts }: Report): readonly (readonly string[])[] {
  return fixedCosts.map(({ item, usdPerHour }) => [
    'each',
    '',
    item,
    '',
    '',
    perHour(usdPerHour),
    perMonth(usdPerHour),
  ]);
}

/** Where the prices come from, and what they leave out. */
export function priceNote({ region, fixedCosts }: Report): string {
  if (!Object.hasOwn(PRICES.regions, region)) {
    return `No prices on file for region ${region}: sizes only. On file: ${Object.keys(PRICES.regions).join(', ')} (lib/fargate/prices.ts).`;
  }
  const left = fixedCosts.length > 0 ? 'data transfer, logs, keys' : 'data transfer';
  return `Prices of ${region}, read ${PRICES.asOf}, a month of ${HOURS_PER_MONTH} h; without ${left}, and storage above 20 GiB a pod.`;
}

/** `2 errors, 1 warning` */
export function countFindings(runs: readonly Run[]): string {
  const findings = runs.flatMap((run) => run.findings);
  return (['error', 'warning'] as const)
    .map((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      return `${count} ${severity}${count === 1 ? '' : 's'}`;
    })
    .join(', ');
}
