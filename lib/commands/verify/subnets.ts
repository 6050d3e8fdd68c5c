import { broken, held, type Check, type Subject } from '../cluster/check';
import { list, type Aws } from './aws-cli';
import type { DeploymentView } from './look-at-deployment';
import type { ProfileSubject } from './profiles';

/** A route, with the one of its targets that it has. */
export interface Route {
  readonly DestinationCidrBlock?: string;
  readonly DestinationIpv6CidrBlock?: string;
  readonly DestinationPrefixListId?: string;
  /** `blackhole` where the target is gone. */
  readonly State?: string;
  readonly [target: `${string}Id`]: string | undefined;
}

type Subnet = Readonly<Record<'SubnetId' | 'VpcId' | 'AvailabilityZone', string>>;

interface RouteTable {
  readonly RouteTableId: string;
  readonly VpcId: string;
  readonly Associations?: readonly { readonly Main?: boolean; readonly SubnetId?: string }[];
  readonly Routes?: readonly Route[];
}

/** A subnet of a profile, as it was found. */
export interface SubnetSubject extends Subject {
  /** Its availability zone; undefined where there is no such subnet. */
  readonly zone: string | undefined;
  /** The route table that applies: the one of the subnet, or the main one of its VPC. */
  readonly routeTable: RouteTable | undefined;
}

/** Looks at the subnets of the profiles as they were found. */
export async function lookAtSubnets(
  aws: Aws,
  profiles: readonly ProfileSubject[],
): Promise<readonly SubnetSubject[]> {
  const ids = [...new Set(profiles.flatMap(({ live }) => live()?.subnets ?? []))].toSorted();
  const ec2 = <T>(key: string, operation: string, filter: string, values: readonly string[]) =>
    list<T>(aws, key, `ec2 ${operation}`, { filters: `Name=${filter},Values=${values.join()}` });
  // A filter, because an unknown ID in --subnet-ids is an error that hides the other subnets.
  const subnets = await ec2<Subnet>('Subnets', 'describe-subnets', 'subnet-id', ids);
  const vpcIds = new Set(subnets.map(({ VpcId }) => VpcId));
  const all = await ec2<RouteTable>('RouteTables', 'describe-route-tables', 'vpc-id', [...vpcIds]);
  return ids.map((label) => {
    const subnet = subnets.find(({ SubnetId }) => SubnetId === label);
    const tables = all.filter(({ VpcId }) => VpcId === subnet?.VpcId);
    // A subnet without an association of its own uses the main route table of its VPC.
    const routeTable =
      tables.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === label)) ??
      tables.find(({ Associations }) => Associations?.some(({ Main }) => Main));
    return { label, zone: subnet?.AvailabilityZone, routeTable };
  });
}

/** Whether pods in a subnet are private, and can reach what they need. */
export const routesCheck: Check<DeploymentView, SubnetSubject> = {
  id: 'private-subnets',
  step: 2,
  title: 'routes',
  usualCause:
    'somebody added a route to an internet gateway by hand, or the subnet lost its route table and fell back to the main one of the VPC. Fargate runs pods in private subnets only',
  subjects: ({ subnets }) => subnets(),
  judge: ({ zone, routeTable }) => {
    const wanted = 'no route to an internet gateway, no dead default route';
    if (zone === undefined) {
      return broken(wanted, 'no such subnet', {
        usualCause: 'somebody deleted it by hand: new pods of the profile cannot start there',
      });
    }
    const { RouteTableId = 'no route table', Routes: routes = [] } = routeTable ?? {};
    const beyondVpc = routes.filter((route) => targetOf(route) !== 'local').map(describeRoute);
    const observed = `${zone}, ${RouteTableId}: ${beyondVpc.join(', ') || 'no route out of the VPC'}`;
    if (routes.some((route) => targetOf(route).startsWith('igw-'))) {
      return broken(wanted, observed);
    }
    return routes.some(isDeadDefault)
      ? broken(wanted, observed, { usualCause: cutOffCause })
      : held(observed);
  },
};

const cutOffCause =
  'somebody deleted the target of the route, most often a NAT gateway: new pods cannot pull their image, and those that run reach nothing outside the VPC. Make another one, and point the route table at it';

/**
 * A default route is there for the images, the logs and the AWS APIs. A dead route to anything else, for example a
 * peering that ended, does not concern the pods that Fargate starts: it is shown only.
 */
function isDeadDefault({ State, DestinationCidrBlock }: Route): boolean {
  return State === 'blackhole' && DestinationCidrBlock === '0.0.0.0/0';
}

function describeRoute(route: Route): string {
  const destination =
    route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId;
  return `${destination} -> ${targetOf(route)}${route.State === 'blackhole' ? ' (blackhole)' : ''}`;
}

/** `igw-…`, `nat-…`, `eigw-…`, `tgw-…` and so on; `local` within the VPC. */
function targetOf(route: Route): string {
  const keys = Object.keys(route).filter((key) => key.endsWith('Id') && !key.startsWith('Destination'));
  return (
    keys.map((key) => route[key as `${string}Id`]).find((target) => target !== undefined) ?? 'another target'
  );
}
