import { broken, held, type Check } from '../../cluster/check';
import type { Route, SubnetSubject } from '../aws/look-at-aws';
import type { DeploymentView } from '../look-at-deployment';

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
