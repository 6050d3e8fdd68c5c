import { evaluate } from '../aws/deployed-stacks';
import type { ProfileSubject, RoleState } from '../aws/look-at-aws';
import { broken, follows, type Check } from '../../cluster/check';
import { compareTexts, describeStatements } from './policy';

/** Where the deployed stack is not that of the plan. */
export const otherRevision =
  'the stack was deployed from another revision: `npx cdk diff` shows what a deploy of this one changes';

/** Step 1: what the kubelet of a pod may do, and who may act as it. Expected is what the plan has. */
export const roleChecks: readonly Check<ProfileSubject>[] = [
  checkOf(
    'role-managed-policy',
    'attached policies',
    'somebody attached or detached a policy by hand: `aws cloudformation detect-stack-drift` shows it, a deploy does not undo it',
    'managedPolicies',
    ({ managedPolicies }) => managedPolicies,
    (arns) => arns.map((arn) => policyName(String(arn))),
  ),
  checkOf(
    'role-inline-policies',
    'inline policies',
    'somebody edited an inline policy by hand, or the stack was deployed from another revision: `npx cdk diff` shows which',
    'inlinePolicies',
    ({ inlinePolicies }) => inlinePolicies.map(({ PolicyDocument }) => PolicyDocument),
    describeStatements,
  ),
  checkOf(
    'role-trust',
    'trust policy',
    'somebody edited the trust policy by hand. Without the aws:SourceArn condition any Fargate profile of the account can use the role: deploy again after `aws iam get-role` shows who else is let in',
    'trustPolicy',
    ({ AssumeRolePolicyDocument }) => [AssumeRolePolicyDocument],
    describeStatements,
  ),
];

function checkOf(
  id: string,
  title: string,
  usualCause: string,
  planned: 'managedPolicies' | 'inlinePolicies' | 'trustPolicy',
  found: (role: RoleState) => readonly unknown[],
  describe: (documents: readonly unknown[]) => readonly string[],
): Check<ProfileSubject> {
  return {
    id,
    title,
    usualCause,
    judge: ({ planned: { podExecutionRole }, deployed, role, roleName }) => {
      const live = role();
      if (live !== undefined) {
        return compareTexts(
          describe([evaluate(podExecutionRole[planned], deployed)].flat()),
          describe(found(live)),
        );
      }
      if (planned !== 'managedPolicies') {
        return follows('attached policies');
      }
      return roleName === undefined
        ? broken('a pod execution role', 'the stack has none', { usualCause: otherRevision })
        : broken('a pod execution role', `there is no role ${roleName}`);
    },
  };
}

/** `arn:aws:iam::aws:policy/AmazonX` -> `AmazonX`; a policy of the account keeps its ARN, so that it stands out. */
function policyName(arn: string): string {
  return arn.replace(/^arn:[^:]+:iam::aws:policy\/(?=[\w+=,.@-]+$)/u, '');
}
