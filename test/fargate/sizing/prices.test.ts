import { podHourlyPrice, pricedRegions, priceListPage, pricesOf } from '../../../lib/fargate/sizing/prices';

const small = { milliCpu: 250, memoryMiB: 1024 };
const here = { read: '2026-11', vcpuHour: 1, gbHour: 0.1 };

test.each([
  ['us-west-2', small, 0.014565],
  ['us-east-1', { milliCpu: 1000, memoryMiB: 3072 }, 0.053815],
  ['eu-west-2', { milliCpu: 250, memoryMiB: 512 }, 0.014195],
  ['af-south-1', small, 0.01965],
])('%s: %j costs %p USD an hour', (region, size, usd) => {
  expect(podHourlyPrice(size, 0, pricesOf(region)!)).toBe(usd);
});

test('ephemeral storage above what every pod has costs by the GB, where its price is known', () => {
  expect(podHourlyPrice(small, 130, { ...here, storageGbHour: 0.001 })).toBe(0.48);
  expect(podHourlyPrice(small, 130, here)).toBeUndefined();
  expect(podHourlyPrice(small, 0, here)).toBe(0.35);
});

test('a region that is not on file has no price', () => {
  expect(pricesOf('eu-north-1')).toBeUndefined();
  expect(pricesOf('constructor')).toBeUndefined();
});

test.each(pricedRegions)('%s: prices are dated, positive, and of an order that could be true', (region) => {
  const { read, ...prices } = pricesOf(region)!;
  expect(read).toMatch(/^20\d\d(?:-\d\d){0,2}$/u);
  expect(Object.values(prices).every((usd) => usd > 0 && usd < 1)).toBe(true);
  // In every price list a vCPU costs some nine times as much as a GB.
  expect(prices.vcpuHour / prices.gbHour).toBeCloseTo(9.1, 0);
  expect(priceListPage(region)).toContain(`/${region}/`);
});
