import type { FargateSelector } from '../../../fargate/sizing/profile';
import {
  broken,
  compare,
  follows,
  formatLabels,
  formatSet,
  type Check,
  type Verdict,
} from '../../cluster/check';
import type { FargateProfileState, ProfileSubject } from '../aws/look-at-aws';
import type { DeploymentView } from '../look-at-deployment';

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
    ({ role: { live, name = '…' } }, { deployed: { partition, account } }) =>
      live()?.Arn ?? `arn:${partition}:iam::${account}:role/${name}`,
    ({ podExecutionRoleArn }) => podExecutionRoleArn,
  ),
  propertyCheck(
    {
      id: 'profile-subnets',
      title: 'subnets',
      usualCause: 'the profile was made with other subnets than the private ones of the stack',
    },
    ({ subnetIds }) => formatSet(subnetIds),
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
