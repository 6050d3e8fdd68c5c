/**
 * List prices in USD, and what a pod costs by them. The one file to edit when AWS changes a price, or for another region:
 * each region has a price list of its own, see `priceListPage`.
 */
import type { PodSize } from './pod-size';

/** Prices of one region. */
export interface RegionPrices {
  /** Day or month on which AWS's list said so. */
  readonly read: string;
  /** USD for a vCPU and hour of a Linux x86 pod. */
  readonly vcpuHour: number;
  /** USD for a GB and hour of its memory. */
  readonly gbHour: number;
  /**
   * USD for a GB and hour of ephemeral storage above what every pod has.
   *
   * @default - not on file
   */
  readonly storageGbHour?: number;
  /**
   * USD for a NAT gateway and hour, without its address and the data it processes.
   *
   * @default - not on file
   */
  readonly natGatewayHour?: number;
  /**
   * USD for an interface endpoint and hour in one zone, without the data it processes.
   *
   * @default - not on file
   */
  readonly endpointHour?: number;
  /**
   * USD for an Application or Network Load Balancer and hour, without its load.
   *
   * @default - not on file
   */
  readonly loadBalancerHour?: number;
}

/**
 * The regions whose Fargate prices are on file. The first five were read on AWS's pages; the others in public documents of
 * the date given, which quote AWS's own list (`priceListPage`): compare them with it before a decision depends on them.
 * A price that no document quotes is left out, and so is a region of which none does.
 */
const regions: Readonly<Record<string, RegionPrices>> = {
  'us-east-1': {
    read: '2026-11',
    vcpuHour: 0.04048,
    gbHour: 0.004445,
    storageGbHour: 0.000111,
    natGatewayHour: 0.045,
    endpointHour: 0.01,
    loadBalancerHour: 0.0225,
  },
  'us-east-2': { read: '2026-11', vcpuHour: 0.04048, gbHour: 0.004445, natGatewayHour: 0.045 },
  'us-west-2': {
    read: '2026-11',
    vcpuHour: 0.04048,
    gbHour: 0.004445,
    storageGbHour: 0.000111,
    natGatewayHour: 0.045,
    endpointHour: 0.01,
    loadBalancerHour: 0.0225,
  },
  'eu-west-1': { read: '2026-11', vcpuHour: 0.04048, gbHour: 0.004445, natGatewayHour: 0.048 },
  'eu-west-2': {
    read: '2026-11',
    vcpuHour: 0.04656,
    gbHour: 0.00511,
    storageGbHour: 0.000129,
    natGatewayHour: 0.05,
    loadBalancerHour: 0.02646,
  },
  'eu-central-1': {
    read: '2026-09-24',
    vcpuHour: 0.04656,
    gbHour: 0.00511,
    endpointHour: 0.012,
    loadBalancerHour: 0.027,
  },
  'ca-central-1': {
    read: '2026-09-11',
    vcpuHour: 0.04456,
    gbHour: 0.004865,
    endpointHour: 0.011,
    loadBalancerHour: 0.02475,
  },
  'ap-northeast-1': {
    read: '2026-09-25',
    vcpuHour: 0.05056,
    gbHour: 0.00553,
    storageGbHour: 0.000133,
    natGatewayHour: 0.062,
    endpointHour: 0.014,
  },
  'ap-northeast-2': {
    read: '2026-10-05',
    vcpuHour: 0.04656,
    gbHour: 0.00511,
    natGatewayHour: 0.059,
    loadBalancerHour: 0.0225,
  },
  'ap-south-1': {
    read: '2026-10-01',
    vcpuHour: 0.04256,
    gbHour: 0.004655,
    natGatewayHour: 0.056,
    loadBalancerHour: 0.0239,
  },
  'ap-southeast-1': {
    read: '2026-08-21',
    vcpuHour: 0.05056,
    gbHour: 0.00553,
    natGatewayHour: 0.059,
    loadBalancerHour: 0.0252,
  },
  'ap-southeast-2': { read: '2026', vcpuHour: 0.04856, gbHour: 0.00532 },
  'ap-southeast-3': { read: '2026-10-06', vcpuHour: 0.05056, gbHour: 0.00553 },
  'af-south-1': {
    read: '2026-08-31',
    vcpuHour: 0.0546,
    gbHour: 0.006,
    natGatewayHour: 0.057,
    loadBalancerHour: 0.03,
  },
  'il-central-1': { read: '2026-09-11', vcpuHour: 0.0518144, gbHour: 0.0056896 },
  'sa-east-1': {
    read: '2026-09-13',
    vcpuHour: 0.0696,
    gbHour: 0.0076,
    natGatewayHour: 0.093,
    loadBalancerHour: 0.034,
  },
};

/** Prices that are the same in every commercial region, read 2026-11. */
export const worldwidePrices = {
  /** USD for a cluster in standard support, and hour: https://aws.amazon.com/eks/pricing/ */
  clusterHour: 0.1,
  /** USD for a public IPv4 address and hour: https://aws.amazon.com/vpc/pricing/ */
  publicIpv4Hour: 0.005,
  /** USD for a KMS key and month, before its rotations: https://aws.amazon.com/kms/pricing/ */
  keyMonth: 1,
  /** USD for a secret and month, from the examples of the page: https://aws.amazon.com/secrets-manager/pricing/ */
  secretMonth: 0.4,
} as const;

/** Hours that AWS counts as a month in its price examples. */
export const hoursPerMonth = 730;

/** Names of the regions on file. */
export const pricedRegions: readonly string[] = Object.keys(regions);

/** AWS's own list of the Fargate prices of a region. */
export function priceListPage(region: string): string {
  return `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonECS/current/${region}/index.json`;
}

/** The prices of a region; undefined for one that is not on file. */
export function pricesOf(region: string): RegionPrices | undefined {
  return Object.hasOwn(regions, region) ? regions[region] : undefined;
}

/**
 * USD an hour for one running pod.
 *
 * @param ephemeralGib ephemeral storage above what every pod has, in GiB.
 * @returns undefined where a part of it has no price on file.
 */
export function podHourlyPrice(
  { milliCpu, memoryMiB }: PodSize,
  ephemeralGib: number,
  { vcpuHour, gbHour, storageGbHour }: RegionPrices,
): number | undefined {
  if (ephemeralGib > 0 && storageGbHour === undefined) {
    return undefined;
  }
  const usd =
    (milliCpu / 1000) * vcpuHour + (memoryMiB / 1024) * gbHour + ephemeralGib * (storageGbHour ?? 0);
  // List prices have few decimals; sums of them in floating point have more.
  return Number(usd.toFixed(9));
}
