import type { Check, Verdict } from '../check';
import { compare, formatLabels, formatSet, judgeSeen } from '../check';
import type { ExpectedState, Selector } from '../expected';
import type { ObservedProfile, ObservedState, ObservedSubnet } from '../observed';

const status: Check = {
  id: 'profile-status',
  step: 2,
  title: 'status',
  usualCause:
    'CREATING and DELETING take a few minutes, one profile of a cluster at a time: look again with --watch. CREATE_FAILED: the health issues say why',
  judge: (expected, observed) =>
    judgeProfile(expected, observed, 'ACTIVE', (profile) =>
      compare('ACTIVE', profile.status, profile.healthIssues),
    ),
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

const privateSubnets: Check = {
  id: 'private-subnets',
  step: 2,
  title: 'routes',
  usualCause:
    'a route to an internet gateway was added by hand, or the subnet lost its route table and fell back to the main one of the VPC. Fargate runs pods in private subnets only',
  judge: (expected, observed) => {
    const wanted = 'no route to an internet gateway';
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

function describeSelector({ namespace, labels }: Selector): string {
  const pairs = formatLabels(labels);
  return pairs === '' ? `namespace ${namespace}` : `namespace ${namespace} with ${pairs}`;
}

function judgeRoutes(
  profile: ObservedProfile,
  subnetsSeen: readonly ObservedSubnet[],
  wanted: string,
): Verdict {
  const missing = profile.subnetIds.filter((id) => !subnetsSeen.some((subnet) => subnet.id === id));
  const open = subnetsSeen.filter((subnet) => internetRoutes(subnet).length > 0);
  const evidence = subnetsSeen.map(describeSubnet);
  if (missing.length > 0) {
    return {
      status: 'broken',
      expected: wanted,
      observed: `no such subnet: ${formatSet(missing)}`,
      evidence,
    };
  }
  if (open.length > 0) {
    const observed = `a route to an internet gateway from ${formatSet(open.map(({ id }) => id))}`;
    return { status: 'broken', expected: wanted, observed, evidence };
  }
  return { status: 'held', expected: wanted, observed: wanted, evidence };
}

function internetRoutes(subnet: ObservedSubnet): ObservedSubnet['routes'] {
  return subnet.routes.filter(({ target }) => target.startsWith('igw-'));
}

function describeSubnet(subnet: ObservedSubnet): string {
  const beyondVpc = subnet.routes
    .filter(({ target }) => target !== 'local')
    .map(({ destination, target }) => `${destination} -> ${target}`);
  return `${subnet.id} (${subnet.zone}, ${subnet.routeTable}): ${beyondVpc.join(', ') || 'no route out of the VPC'}`;
}
