import type { FargateSelector } from '../../fargate/sizing/profile';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { PlannedProfile } from '../../synthesis/planned-profile';
import {
  broken,
  compare,
  follows,
  formatLabels,
  formatSet,
  type Check,
  type Subject,
  type Verdict,
} from '../cluster/check';
import { see, type Seen } from '../could-not-look';
import { find, type Aws } from './aws-cli';
import type { DeploymentView } from './look-at-deployment';

/** A Fargate profile, as EKS describes it. */
export interface FargateProfileState {
  readonly status: string;
  readonly podExecutionRoleArn: string;
  readonly subnets?: readonly string[];
  readonly selectors?: readonly FargateSelector[];
  readonly health?: { readonly issues?: readonly { readonly code: string; readonly message: string }[] };
}

/** A Fargate profile of the plan, and what AWS has of it. */
export interface ProfileSubject extends Subject {
  readonly planned: PlannedProfile;
  readonly live: Seen<FargateProfileState | undefined>;
}

/** Looks at the profiles of a plan. */
export async function lookAtProfiles(
  aws: Aws,
  { clusterName, profiles }: FargatePlan,
): Promise<readonly ProfileSubject[]> {
  const looked = profiles.map(async (planned): Promise<ProfileSubject> => {
    const options = { 'cluster-name': clusterName, 'fargate-profile-name': planned.name };
    const operation = 'eks describe-fargate-profile';
    const live = await see(() => find<FargateProfileState>(aws, 'fargateProfile', operation, options));
    return { label: planned.name, planned, live };
  });
  return Promise.all(looked);
}

type ProfileCheck = Check<DeploymentView, ProfileSubject>;

const active = 'ACTIVE';

/** Whether EKS uses the profile. An active one may be unhealthy, and what its pods run into then does not point here. */
const statusCheck: ProfileCheck = {
  id: 'profile-status',
  step: 2,
  title: 'status',
  usualCause:
    'CREATING and DELETING last a few minutes, one profile of a cluster at a time: look again with --watch. CREATE_FAILED: the health issues say why',
  subjects: ({ profiles }) => profiles,
  judge: ({ live, label }): Verdict => {
    const found = live();
    if (found === undefined) {
      return broken(active, `there is no profile ${label}`);
    }
    const issues = (found.health?.issues ?? []).map(({ code, message }) => `${code}: ${message}`);
    return found.status !== active || issues.length === 0
      ? compare(active, found.status, issues)
      : broken(active, `ACTIVE with ${issues.length} health issue${issues.length === 1 ? '' : 's'}`, {
          evidence: issues,
          usualCause:
            'the health issues name it: AccessDenied and PodExecutionRoleAlreadyInUse are about the pod execution role (step 1), ClusterUnreachable is about the API server, InternalFailure is for AWS to fix',
        });
  },
};

/** A check of one property, as text. */
function propertyCheck(
  { id, title, usualCause }: Pick<ProfileCheck, 'id' | 'title' | 'usualCause'>,
  wanted: (subject: ProfileSubject, view: DeploymentView) => string,
  found: (profile: FargateProfileState) => string,
): ProfileCheck {
  return {
    id,
    step: 2,
    title,
    usualCause,
    subjects: ({ profiles }) => profiles,
    judge: (subject, view) => {
      const live = subject.live();
      return live === undefined ? follows(statusCheck.title) : compare(wanted(subject, view), found(live));
    },
  };
}

/** The profiles that decide which pods run on Fargate, and where. */
export const profileChecks: readonly ProfileCheck[] = [
  statusCheck,
  propertyCheck(
    {
      id: 'profile-selectors',
      title: 'selectors',
      usualCause:
        'a profile cannot be changed, so this one was made from another revision: `npx cdk diff` shows the replacement that is due',
    },
    ({ planned }) => describeSelectors(planned.selectors),
    ({ selectors = [] }) => describeSelectors(selectors),
  ),
  propertyCheck(
    {
      id: 'profile-role',
      title: 'pod execution role',
      usualCause: 'the profile was made by hand, or before the stack replaced its role',
    },
    ({ planned }, { roles, deployed: { partition, account } }) => {
      const role = roles.find((one) => one.planned === planned.podExecutionRole);
      return role?.live()?.Arn ?? `arn:${partition}:iam::${account}:role/${role?.name ?? '…'}`;
    },
    ({ podExecutionRoleArn }) => podExecutionRoleArn,
  ),
  propertyCheck(
    {
      id: 'profile-subnets',
      title: 'subnets',
      usualCause: 'the profile was made with other subnets than the private ones of the stack',
    },
    ({ planned }, { deployed }) =>
      formatSet(
        planned.subnets.map((subnet) =>
          typeof subnet === 'string'
            ? subnet
            : (deployed.resource(subnet)?.PhysicalResourceId ?? `${subnet.logicalId} of another revision`),
        ),
      ),
    ({ subnets = [] }) => formatSet(subnets),
  ),
];

function describeSelectors(selectors: readonly FargateSelector[]): string {
  return formatSet(
    selectors.map(({ namespace, labels = {} }) =>
      Object.keys(labels).length === 0
        ? `namespace ${namespace}`
        : `namespace ${namespace} with ${formatLabels(labels)}`,
    ),
  );
}
