/** From a size to USD. */
import type { PodSize } from './pod-size';
import { priceList, type PriceList, type RegionPrices } from './prices';

/** Hours that AWS counts as a month in its price examples. */
export const hoursPerMonth = 730;

/**
 * USD an hour for one running pod of a size, without ephemeral storage above the 20 GiB that are included.
 *
 * @returns undefined for a region that is not on file.
 */
export function hourlyPrice(
  size: PodSize,
  region: string,
  prices: PriceList = priceList,
): number | undefined {
  const rates = regionPrices(region, prices);
  if (rates === undefined) {
    return undefined;
  }
  return rounded((size.milliCpu / 1000) * rates.vcpuHour + (size.memoryMiB / 1024) * rates.gbHour);
}

/**
 * USD an hour for one NAT gateway and its public IPv4 address, without the data it processes.
 *
 * @returns undefined for a region that is not on file.
 */
export function natGatewayHourlyPrice(region: string, prices: PriceList = priceList): number | undefined {
  const rates = regionPrices(region, prices);
  return rates && rounded(rates.natGatewayHour + rates.publicIpv4Hour);
}

/** USD an hour for the control plane of one cluster in standard support. */
export function controlPlaneHourlyPrice({ controlPlaneHour }: PriceList = priceList): number {
  return controlPlaneHour;
}

function regionPrices(region: string, { regions }: PriceList): RegionPrices | undefined {
  return Object.hasOwn(regions, region) ? regions[region] : undefined;
}

/** Prices have six decimals at the most; sums of them in floating point have more. */
function rounded(usd: number): number {
  return Number(usd.toFixed(9));
}
