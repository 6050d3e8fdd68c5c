import {
  controlPlaneHourlyPrice,
  hourlyPrice,
  natGatewayHourlyPrice,
  priceList,
} from '../../../lib/fargate/sizing/prices';

const small = { milliCpu: 250, memoryMiB: 1024 };

test.each([
  ['us-west-2', small, 0.014565],
  ['us-east-1', { milliCpu: 1000, memoryMiB: 3072 }, 0.053815],
  ['eu-west-2', { milliCpu: 250, memoryMiB: 512 }, 0.014195],
])('%s: %j costs %p USD an hour', (region, size, usd) => {
  expect(hourlyPrice(size, region)).toBe(usd);
});

test('a region that is not on file has no price', () => {
  expect(hourlyPrice(small, 'mars-north-1')).toBeUndefined();
  expect(natGatewayHourlyPrice('mars-north-1')).toBeUndefined();
  expect(hourlyPrice(small, 'constructor')).toBeUndefined();
});

test('other prices can be given', () => {
  const prices = {
    ...priceList,
    regions: { here: { vcpuHour: 1, gbHour: 0.1, natGatewayHour: 0.5, publicIpv4Hour: 0.2 } },
  };
  expect(hourlyPrice(small, 'here', prices)).toBe(0.35);
  expect(natGatewayHourlyPrice('here', prices)).toBe(0.7);
});

test('the control plane has a price of its own', () => {
  expect(controlPlaneHourlyPrice()).toBe(0.1);
  expect(controlPlaneHourlyPrice({ ...priceList, controlPlaneHour: 0.2 })).toBe(0.2);
});

test('prices are dated, and no region has a price of nothing', () => {
  expect(priceList.asOf).toMatch(/^20\d\d-\d\d$/u);
  expect(
    Object.values(priceList.regions)
      .flatMap((region) => Object.values(region!))
      .every((usd) => usd > 0),
  ).toBe(true);
});
