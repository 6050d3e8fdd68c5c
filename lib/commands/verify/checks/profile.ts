import type { FargateSelector } from '../../../fargate/sizing/profile';
import type { FargateProfileState, ProfileSubject, Route, SubnetSubject } from '../aws/look-at-aws';
import {
  broken,
  compare,
  follows,
  formatLabels,
  formatSet,
  held,
  type Check,
  type Verdict,
} from '../../cluster/check';

const active = 'ACTIVE';

/** Step 2: the profiles that decide which pods run on Fargate, and where. */
export const profileChecks: readonly Check<ProfileSubject>[] = [
  {
    id: 'profile-status',
    title: 'status',
    usualCause:
      'CREATING and DELETING last a few minutes, one profile of a cluster at a time: look again with --watch. CREATE_FAILED: the health issues say why',
    judge: (subject) => judgeProfile(subject, active, judgeStatus),
  },
  {
    id: 'profile-selectors',
    title: 'selectors',
    usualCause:
      'a profile cannot be changed, so this one was made from another revision: `npx cdk diff` shows the replacement that is due',
    judge: (subject) => {
      const wanted = describeSelectors(subject.planned.selectors);
      return judgeProfile(subject, wanted, ({ selectors = [] }) =>
        compare(wanted, describeSelectors(selectors)),
      );
    },
  },
  {
    id: 'profile-role',
    title: 'pod execution role',
    usualCause: 'the profile was made by hand, or before the stack replaced its role',
    judge: (subject) => {
      const { deployed, live, name = '…' } = subject.role;
      const wanted = live()?.Arn ?? `arn:${deployed.partition}:iam::${deployed.account}:role/${name}`;
      return judgeProfile(subject, wanted, (profile) => compare(wanted, profile.podExecutionRoleArn));
    },
  },
  {
    id: 'profile-subnets',
    title: 'subnets',
    usualCause: 'the profile was made with other subnets than the private ones of the stack',
    judge: (subject) => {
      const wanted = formatSet(subject.subnetIds);
      return judgeProfile(subject, wanted, ({ subnets = [] }) => compare(wanted, formatSet(subnets)));
    },
  },
];

function judgeProfile(
  { live, label }: ProfileSubject,
  wanted: string,
  judge: (profile: FargateProfileState) => Verdict,
): Verdict {
  const found = live();
  if (found === undefined) {
    return wanted === active ? broken(wanted, `there is no profile ${label}`) : follows('status');
  }
  return judge(found);
}

/** An active profile may be unhealthy, and what its pods run into then does not point here. */
function judgeStatus({ status, health }: FargateProfileState): Verdict {
  const issues = (health?.issues ?? []).map(({ code, message }) => `${code}: ${message}`);
  return status !== 'ACTIVE' || issues.length === 0
    ? compare(active, status, issues)
    : broken(active, `ACTIVE with ${issues.length} health issue${issues.length === 1 ? '' : 's'}`, {
        evidence: issues,
        usualCause:
          'the health issues name it: AccessDenied and PodExecutionRoleAlreadyInUse are about the pod execution role (step 1), ClusterUnreachable is about the API server, InternalFailure is for AWS to fix',
      });
}

function describeSelectors(selectors: readonly FargateSelector[]): string {
  return formatSet(
    selectors.map(({ namespace, labels = {} }) =>
      Object.keys(labels).length === 0
        ? `namespace ${namespace}`
        : `namespace ${namespace} with ${formatLabels(labels)}`,
    ),
  );
}

/** Whether pods in a subnet are private, and can reach what they need. */
export const routesCheck: Check<SubnetSubject> = {
  id: 'private-subnets',
  title: 'routes',
  usualCause:
    'somebody added a route to an internet gateway by hand, or the subnet lost its route table and fell back to the main one of the VPC. Fargate runs pods in private subnets only',
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
