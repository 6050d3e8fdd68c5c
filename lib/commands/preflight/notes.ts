/** What to know of the prices, under the table. */
import { hoursPerMonth, pricedRegions, pricesOf } from '../../fargate/sizing/prices';
import { endingPods } from './bill';
import type { PricedPod, Report } from './report';

/** One sentence or more for each line. */
export function notes({ region, runs, billedByUse }: Report): readonly string[] {
  const pods = runs.flatMap((run) => run.pods);
  return [
    ...new Map(runs.flatMap(endingPods).map((pod) => [pod.object, describeRun(pod)])).values(),
    ...(pods.some(({ ephemeralGib }) => ephemeralGib !== undefined)
      ? ['+GiB: ephemeral storage above the 20 GiB of every pod.']
      : []),
    describePrices(region),
    `Billed by use, not in the table: ${billedByUse.join(', ')}.`,
  ];
}

/** Where the prices come from. */
export function describePrices(region: string): string {
  const prices = pricesOf(region);
  return prices === undefined
    ? `No prices on file for ${region}: sizes only. On file: ${pricedRegions.join(', ')}.`
    : `List prices of ${region} in USD, read ${prices.read}. A month has ${hoursPerMonth} hours.`;
}

/** When pods run that end, how long, and what that costs. */
function describeRun({ object, run, count, usdPerHour }: PricedPod): string {
  const { suspended, schedule, timeZone = 'UTC', deadlineSeconds } = run!;
  const when = suspended ? 'suspended' : schedule === undefined ? 'once' : `at "${schedule}" ${timeZone}`;
  if (deadlineSeconds === undefined) {
    return `${object} runs ${when}, with no activeDeadlineSeconds that ends it.`;
  }
  const usd =
    count && usdPerHour !== undefined ? (count.max * usdPerHour * deadlineSeconds) / 3600 : undefined;
  const cost = usd === undefined ? '' : `, for at most ${usd.toFixed(4)} USD`;
  return `${object} runs ${when}, at most ${formatDuration(deadlineSeconds)}${cost}.`;
}

/** `90 s`, `15 min` or `2 h`: the largest unit that counts it in whole numbers. */
function formatDuration(seconds: number): string {
  const [size, unit] = (
    [
      [3600, 'h'],
      [60, 'min'],
      [1, 's'],
    ] as const
  ).find(([each]) => seconds % each === 0)!;
  return `${seconds / size} ${unit}`;
}
