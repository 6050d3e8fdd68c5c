import { quote } from '../wording';
import { splitList, type Reading } from './setting';

/**
 * The zone of each region in which EKS creates no control plane, by its ID. Which letter it has in an account differs.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export const refusedZones: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'use1-az3'],
  ['us-west-1', 'usw1-az2'],
  ['ca-central-1', 'cac1-az3'],
]);

/** What the names of regions look like. */
export const regionForm = /^[a-z]{2}(-[a-z]+)+-\d$/;

const zoneName = /^(?<region>[a-z]{2}(-[a-z]+)+-\d+)[a-z]$/;
const zoneId = /^(?<region>[a-z]{3,5}\d+)-az\d+$/;

/** Whether a zone is given by its ID, which means the same zone in every account. */
export function isZoneId(zone: string): boolean {
  return zoneId.test(zone);
}

/** The region in the name of a zone; undefined for a zone ID, whose prefix is an abbreviation. */
export function regionOfZone(zone: string): string | undefined {
  return zoneName.exec(zone)?.groups!.region;
}

/** Reads the zones of a VPC: how many, or which. */
export function readZones(text: string): Reading<number | readonly string[]> {
  if (/^-?\d+$/.test(text)) {
    return Number(text) >= 2 && Number(text) <= 6
      ? { value: Number(text) }
      : {
          problem: `availabilityZones ${quote(text)}: EKS needs at least 2 zones, and no region has more than 6; choose a count from 2 to 6 (cdk deploy -c availabilityZones=3)`,
        };
  }
  const zones = splitList(text);
  const problem = problemOf(zones);
  return problem === undefined
    ? { value: zones }
    : { problem: `availabilityZones ${quote(text)} ${problem}` };
}

function problemOf(zones: readonly string[]): string | undefined {
  const kind = [zoneName, zoneId].find((form) => zones.every((zone) => form.test(zone)));
  if (zones.length < 2 || kind === undefined) {
    return 'is neither a count nor at least 2 zones, all by name or all by ID: write 3, or us-east-1a,us-east-1b,us-east-1c, or use1-az1,use1-az2,use1-az4';
  }
  if (new Set(zones).size < zones.length) {
    return 'names a zone twice: name each zone once';
  }
  const regions = [...new Set(zones.map((zone) => kind.exec(zone)!.groups!.region))];
  if (regions.length > 1) {
    return `are of ${regions.length} regions (${regions.join(', ')}): a VPC has one, name zones of that`;
  }
  if (zones.length > 6) {
    return `names ${zones.length} zones, and no region has more than 6: name 2 to 6`;
  }
  const refused = zones.find((zone) => [...refusedZones.values()].includes(zone));
  return refused === undefined
    ? undefined
    : `names ${refused}, where EKS creates no control plane: name other zones of the region`;
}
