import type { Check, Verdict } from '../check';
import { compare, formatLabels, formatSet, judgeSeen } from '../check';
import type { ExpectedState, Selector } from '../expected';
import type { ObservedProfile, ObservedRoute, ObservedState, ObservedSubnet } from '../observed';

const status: Check = {
  id: 'profile-status',
  step: 2,
  title: 'status',
  usualCause:
    'CREATING and DELETING take a few minutes, one profile of a cluster at a time: look again with --watch. CREATE_FAILED: the health issues say why',
  judge: (expected, observed) => judgeProfile(expected, observed, 'ACTIVE', judgeStatus),
};

const selectors: Check = {
  id: 'profile-selectors',
  step: 2,
  title: 'selectors',
  usualCause:
    'a profile is immutable, so this one was made from another revision: `npx cdk diff` shows the replacement that is due',
  judge: (expected, observed) => {
    const wanted = formatSet(expected.profile.selectors.map(describeSelector));
    return judgeProfile(expected, observed, wanted, (profile) =>
      compare(wanted, formatSet(profile.selectors.map(describeSelector))),
    );
  },
};

const role: Check = {
  id: 'profile-role',
  step: 2,
  title: 'pod execution role',
  usualCause: 'the profile was made by hand, or before the stack replaced its role',
  judge: (expected, observed) =>
    judgeProfile(expected, observed, expected.profile.podExecutionRoleArn, (profile) =>
      compare(expected.profile.podExecutionRoleArn, profile.podExecutionRoleArn),
    ),
};

const subnets: Check = {
  id: 'profile-subnets',
  step: 2,
  title: 'subnets',
  usualCause: 'the profile was made with other subnets than the private ones of the stack',
  judge: (expected, observed) => {
    const wanted = formatSet(expected.profile.subnetIds);
    return judgeProfile(expected, observed, wanted, (profile) =>
      compare(wanted, formatSet(profile.subnetIds)),
    );
  },
};

const cutOffCause =
  'the target of the route, most often a NAT gateway, was deleted: new pods cannot pull their image, and those that run reach nothing outside the VPC. Make another one, and point the route table in the evidence at it';

const privateSubnets: Check = {
  id: 'private-subnets',
  step: 2,
  title: 'routes',
  usualCause:
    'a route to an internet gateway was added by hand, or the subnet lost its route table and fell back to the main one of the VPC. Fargate runs pods in private subnets only',
  judge: (expected, observed) => {
    const wanted = 'no route to an internet gateway, no dead default route';
    return judgeProfile(expected, observed, wanted, (profile) =>
      judgeSeen(observed.subnets, wanted, (seen) => judgeRoutes(profile, seen, wanted)),
    );
  },
};

/** Step 2: the profile that decides which pods run on Fargate, and where. */
export const profileChecks: readonly Check[] = [status, selectors, role, subnets, privateSubnets];

function judgeProfile(
  expected: ExpectedState,
  observed: ObservedState,
  wanted: string,
  judge: (profile: ObservedProfile) => Verdict,
): Verdict {
  return judgeSeen(observed.profile, wanted, (profile) =>
    profile === null
      ? { status: 'broken', expected: wanted, observed: `there is no profile ${expected.profile.name}` }
      : judge(profile),
  );
}

/** An active profile may be unhealthy, and what its pods run into then does not point here. */
function judgeStatus({ status: found, healthIssues }: ObservedProfile): Verdict {
  if (found !== 'ACTIVE' || healthIssues.length === 0) {
    return compare('ACTIVE', found, healthIssues);
  }
  return {
    status: 'broken',
    expected: 'ACTIVE',
    observed: `ACTIVE with ${healthIssues.length} health issue${healthIssues.length === 1 ? '' : 's'}`,
    evidence: healthIssues,
    likelyCause:
      'the health issues name it: AccessDenied and PodExecutionRoleAlreadyInUse are about the pod execution role (step 1), ClusterUnreachable is about the API server, InternalFailure is for AWS to mend',
  };
}

function describeSelector({ namespace, labels }: Selector): string {
  const pairs = formatLabels(labels);
  return pairs === '' ? `namespace ${namespace}` : `namespace ${namespace} with ${pairs}`;
}

function judgeRoutes(
  profile: ObservedProfile,
  subnetsSeen: readonly ObservedSubnet[],
  wanted: string,
): Verdict {
  const evidence = subnetsSeen.map(describeSubnet);
  const missing = profile.subnetIds.filter((id) => !subnetsSeen.some((subnet) => subnet.id === id));
  const open = subnetsSeen.filter(({ routes }) => routes.some(isToInternetGateway)).map(({ id }) => id);
  const cut = subnetsSeen.filter(({ routes }) => routes.some(isDeadDefault)).map(({ id }) => id);
  const problems = [
    ...(missing.length > 0 ? [`no such subnet: ${formatSet(missing)}`] : []),
    ...(open.length > 0 ? [`a route to an internet gateway from ${formatSet(open)}`] : []),
    ...(cut.length > 0 ? [`a dead default route from ${formatSet(cut)}`] : []),
  ];
  if (problems.length === 0) {
    return { status: 'held', expected: wanted, observed: wanted, evidence };
  }
  return {
    status: 'broken',
    expected: wanted,
    observed: problems.join('; '),
    evidence,
    ...(missing.length + open.length === 0 ? { likelyCause: cutOffCause } : {}),
  };
}

function isToInternetGateway({ target }: ObservedRoute): boolean {
  return target.startsWith('igw-');
}

/**
 * A default route is there for the images, the logs and the AWS APIs. A dead route to anything else, say a peering
 * that ended, takes nothing from the pods that Fargate needs: it is shown only.
 */
function isDeadDefault({ destination, isDead }: ObservedRoute): boolean {
  return isDead && destination === '0.0.0.0/0';
}

function describeSubnet(subnet: ObservedSubnet): string {
  const beyondVpc = subnet.routes
    .filter(({ target }) => target !== 'local')
    .map(({ destination, target, isDead }) => `${destination} -> ${target}${isDead ? ' (blackhole)' : ''}`);
  return `${subnet.id} (${subnet.zone}, ${subnet.routeTable}): ${beyondVpc.join(', ') || 'no route out of the VPC'}`;
}
