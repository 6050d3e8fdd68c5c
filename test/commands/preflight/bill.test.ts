import { fixedCost, runCost, totalCost } from '../../../lib/commands/preflight/bill';
import type { PricedPod } from '../../../lib/commands/preflight/report';

const pod = (usdPerHour: number | undefined, more: Partial<PricedPod> = {}) =>
  ({ count: { min: 2, max: 3 }, usdPerHour, run: undefined, ...more }) as PricedPod;
const run = (...pods: readonly PricedPod[]) => ({ source: 'a', pods });

test('pods without a price leave the others theirs', () => {
  expect(runCost(run(pod(0.5), pod(undefined), pod(1, { count: undefined })))).toEqual({ min: 1, max: 1.5 });
  expect(runCost(run(pod(undefined)))).toBeUndefined();
  expect(runCost(run())).toBeUndefined();
});

test('fixed costs have a sum where each of them has a price', () => {
  expect(
    fixedCost([
      { item: 'a', usdPerHour: 0.5 },
      { item: 'b', usdPerHour: 0.25 },
    ]),
  ).toEqual({ min: 0.75, max: 0.75 });
  expect(
    fixedCost([
      { item: 'a', usdPerHour: 0.5 },
      { item: 'b', usdPerHour: undefined },
    ]),
  ).toBeUndefined();
  expect(fixedCost([])).toEqual({ min: 0, max: 0 });
});

test('the total needs both', () => {
  const fixed = [{ item: 'a', usdPerHour: 1 }];
  expect(totalCost(run(pod(0.5)), fixed)).toEqual({ min: 2, max: 2.5 });
  expect(totalCost(run(pod(undefined)), fixed)).toBeUndefined();
  expect(totalCost(run(pod(0.5)), [{ item: 'a', usdPerHour: undefined }])).toBeUndefined();
});
