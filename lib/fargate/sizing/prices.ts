/** List prices in USD, and what a size costs by them. The one file to edit when AWS changes them, or for another region. */
import type { PodSize } from './pod-size';

/** Prices of one region. */
export interface RegionPrices {
  /** USD for a vCPU and hour of a Linux x86 pod. */
  readonly vcpuHour: number;
  /** USD for a GB and hour. */
  readonly gbHour: number;
  /** USD for a NAT gateway and hour. */
  readonly natGatewayHour: number;
  /** USD for a public IPv4 address and hour, in use or not. */
  readonly publicIpv4Hour: number;
}

export interface PriceList {
  /** When the prices were last compared with the pages in `sources`: year and month. */
  readonly asOf: string;
  readonly sources: readonly string[];
  readonly regions: Readonly<Record<string, RegionPrices | undefined>>;
  /** USD for a cluster in standard support, and hour. */
  readonly controlPlaneHour: number;
}

export const priceList: PriceList = {
  asOf: '2026-11',
  sources: [
    'https://aws.amazon.com/fargate/pricing/',
    'https://aws.amazon.com/vpc/pricing/',
    'https://aws.amazon.com/blogs/aws/new-aws-public-ipv4-address-charge-public-ip-insights/',
    'https://aws.amazon.com/eks/pricing/',
  ],
  regions: {
    'us-east-1': { vcpuHour: 0.04048, gbHour: 0.004445, natGatewayHour: 0.045, publicIpv4Hour: 0.005 },
    'us-east-2': { vcpuHour: 0.04048, gbHour: 0.004445, natGatewayHour: 0.045, publicIpv4Hour: 0.005 },
    'us-west-2': { vcpuHour: 0.04048, gbHour: 0.004445, natGatewayHour: 0.045, publicIpv4Hour: 0.005 },
    'eu-west-1': { vcpuHour: 0.04048, gbHour: 0.004445, natGatewayHour: 0.048, publicIpv4Hour: 0.005 },
    'eu-west-2': { vcpuHour: 0.04656, gbHour: 0.00511, natGatewayHour: 0.05, publicIpv4Hour: 0.005 },
  },
  controlPlaneHour: 0.1,
};

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
