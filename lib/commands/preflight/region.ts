import type * as RegionInfo from 'aws-cdk-lib/region-info';
import { pricedRegions } from '../../fargate/sizing/prices';
import { UserError } from '../../user-error';
import { closestName, quote } from '../../wording';

/** The region of the EKS Workshop. */
const workshopRegion = 'us-west-2';

/** Where a region may be named, in the order in which it is looked for. */
export interface RegionSources {
  /** The option --region. */
  readonly option: string | undefined;
  /** The setting of the environment that is reported on: where it is deployed, whatever the shell says. */
  readonly setting: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Chooses the region whose prices apply.
 *
 * @throws UserError for a name that is no region.
 */
export function chooseRegion({ option, setting, env }: RegionSources): string {
  const named = [
    ['--region', option],
    ['region of the environment', setting],
    ['AWS_REGION', env['AWS_REGION']],
    ['AWS_DEFAULT_REGION', env['AWS_DEFAULT_REGION']],
  ] as const;
  const [source, region] = named.find(([, name]) => name !== undefined && name !== '') ?? [
    '',
    workshopRegion,
  ];
  if (region === undefined || pricedRegions.includes(region)) {
    return region ?? workshopRegion;
  }
  // Loaded for regions without prices only: it needs some 50 ms. Not import(), under which Jest finds no file.
  const { RegionInfo: info } = require('aws-cdk-lib/region-info') as typeof RegionInfo;
  const names = info.regions.map(({ name }) => name);
  if (names.includes(region)) {
    return region;
  }
  const meant = closestName(region, names);
  throw new UserError([
    `${source} ${quote(region)} is no AWS region: ${meant === undefined ? `write one as ${workshopRegion}` : `did you mean ${meant}?`}`,
  ]);
}
