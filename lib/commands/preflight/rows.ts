/** The table that terminal and Markdown have in common: one block for each run. */
import { formatCount } from '../../fargate/manifest/autoscaler';
import { formatCapacity } from '../../fargate/sizing/pod-size';
import { hoursPerMonth } from '../../fargate/sizing/prices';
import { endingPods, podCount, rowCost, runCost, steadyPods, totalCost, type Cost } from './bill';
import type { PricedPod, Report, Run } from './report';

/** What stands where there is nothing. */
const nothingCell = '-';

/** The headings of a report. */
export const reportHeadings = ['PODS', 'OBJECT', 'PROFILE', 'SIZE OF EACH', 'USD/HOUR', 'USD/MONTH'] as const;
/** The headings of a comparison. */
export const comparisonHeadings = [
  'PODS',
  'ENVIRONMENT',
  'REGION',
  'VARIANT',
  'USD/HOUR',
  'USD/MONTH',
] as const;
/** Columns of numbers, in which the last digits should be below each other. */
const numeric: ReadonlySet<string> = new Set(['PODS', 'USD/HOUR', 'USD/MONTH']);

/** Whether a column holds numbers. */
export function isNumeric(heading: string): boolean {
  return numeric.has(heading);
}

/** A cell for each column. */
export type Row = readonly string[];

/** Rows that belong together. */
export interface Block {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A block for each run; under them, what is paid whatever runs. */
export function blocks({ runs, fixedCosts }: Report): readonly Block[] {
  const ofRuns = runs.map((run) => ({ title: run.source, rows: runRows(run, fixedCosts) }));
  if (fixedCosts.length === 0) {
    return ofRuns;
  }
  const fixed = fixedCosts.map(({ item, usdPerHour }) =>
    textRow('', item, usdPerHour === undefined ? undefined : { min: usdPerHour, max: usdPerHour }),
  );
  return [...ofRuns, { title: 'fixed costs, whatever runs', rows: fixed }];
}

/** One row for each object with pods, priced for all of its pods, and the totals of the run. */
function runRows(run: Run, fixedCosts: Report['fixedCosts']): readonly Row[] {
  const ending = endingPods(run);
  return [
    ...steadyPods(run).map((pod) => podRow(pod, rowCost(pod))),
    ...(ending.length === run.pods.length
      ? []
      : [textRow(formatCount(podCount(run)), 'in all', runCost(run))]),
    ...(fixedCosts.length === 0 ? [] : [textRow('', 'with the fixed costs', totalCost(run, fixedCosts))]),
    // By the month they cost what nobody knows: see notes.ts.
    ...ending.map((pod) => [...podRow(pod, rowCost(pod)).slice(0, -1), 'by run']),
  ];
}

function podRow(pod: PricedPod, cost: Cost | undefined): Row {
  const storage = pod.ephemeralGib === undefined ? '' : ` +${Math.ceil(pod.ephemeralGib)}GiB`;
  return [
    pod.count === undefined ? nothingCell : formatCount(pod.count),
    pod.object,
    pod.profile ?? nothingCell,
    pod.size === undefined ? nothingCell : `${formatCapacity(pod.size)}${storage}`,
    ...prices(cost),
  ];
}

/** A row about no object. */
function textRow(count: string, text: string, cost: Cost | undefined): Row {
  return [count, text, '', '', ...prices(cost)];
}

/** The last two cells of a row: by the hour, and by the month. */
function prices(cost: Cost | undefined): readonly [string, string] {
  if (cost === undefined) {
    return [nothingCell, nothingCell];
  }
  const range = (digits: number, hours: number): string => {
    const [min, max] = [cost.min, cost.max].map((usd) => (usd * hours).toFixed(digits));
    return min === max ? min! : `${min}-${max}`;
  };
  return [range(4, 1), range(2, hoursPerMonth)];
}

/** A row for each variant of each environment: what all of it costs. */
export function comparison(reports: readonly Report[]): readonly Row[] {
  return reports.flatMap(({ environment, region, runs, fixedCosts }) =>
    runs.map((run) => [
      formatCount(podCount(run)),
      environment ?? '',
      region,
      run.source,
      ...prices(totalCost(run, fixedCosts)),
    ]),
  );
}
