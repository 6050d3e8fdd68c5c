import path from 'node:path';
import { loadApp } from '../../lib/commands/load-app';
import { readCdkContext } from '../../lib/config/context-files';
import type { PodPlan } from '../../lib/fargate/pod-plan';
import { hoursPerMonth, podHourlyPrice, pricesOf } from '../../lib/fargate/sizing/prices';
import { planEnvironment } from '../../lib/stack/plan-environment';

const region = 'us-east-1';
const prices = pricesOf(region)!;

/**
 * Two nodes, one in each of two zones. The price is on-demand; the fee of Auto Mode is a share of it.
 *
 * @see https://www.factualminds.com/blog/amazon-eks-pricing-control-plane-addons-auto-mode/ (2026-06-13)
 */
const autoMode = { instances: 2, type: 'm5.large', usdPerHour: 0.096, fee: 0.12, asOf: '2026-06' } as const;

/** What the pods of the storefront cost on Fargate, at both ends of their number, and on Auto Mode. */
export function autoModeTable(root: string): string {
  const storefront = loadApp(path.join(root, 'examples/storefront/app.ts'));
  const { variants } = planEnvironment(readCdkContext(root), storefront);
  const pods = variants[0]!.clusters.flatMap((plan) => plan.check().pods);
  const onNodes = autoMode.instances * autoMode.usdPerHour * (1 + autoMode.fee);
  const row = (what: string, end: 'min' | 'max') => {
    const count = pods.reduce((sum, pod) => sum + (pod.count?.[end] ?? 0), 0);
    return `| ${what} (${count} pods) | ${usd(onFargate(pods, end))} | ${usd(onNodes)} |`;
  };
  return [
    `| | Fargate | Auto Mode, ${autoMode.instances} ${autoMode.type} |`,
    '| --- | ---: | ---: |',
    row('fewest', 'min'),
    row('most', 'max'),
    '',
    `In ${region}, a month of ${hoursPerMonth} h. Fargate by \`npm run preflight\`, prices of ${prices.read}; ${autoMode.type} at ${autoMode.usdPerHour} USD an hour, and ${autoMode.fee * 100} % for Auto Mode (${autoMode.asOf}).`,
  ].join('\n');
}

function onFargate(pods: readonly PodPlan[], end: 'min' | 'max'): number {
  return pods.reduce(
    (sum, { count, size, ephemeralGib = 0 }) =>
      sum + (count?.[end] ?? 0) * podHourlyPrice(size!, ephemeralGib, prices)!,
    0,
  );
}

function usd(perHour: number): string {
  return `${perHour.toFixed(3)} USD/h, ${(perHour * hoursPerMonth).toFixed(0)} USD/month`;
}
