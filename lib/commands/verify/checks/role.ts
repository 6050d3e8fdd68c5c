import { deletedByHand } from '../../cluster/scaling';
import { broken, compare, follows, type Check } from '../../cluster/check';
import { evaluate } from '../aws/deployed-stacks';
import type { AccountSubject, RoleState, RoleSubject } from '../aws/look-at-aws';
import { asIs, compareStatements, readStatements, type Statement } from './policy';

/** Where the deployed stack is not that of the plan. */
export const otherRevision =
  'the stack was deployed from another revision: `npx cdk diff` shows what a deploy of this one changes';

/** Step 1: what the kubelet of a pod, or the pod itself, may do, and who may act as it. Expected is what the plan has. */
export const roleChecks: readonly Check<RoleSubject>[] = [
  checkOf(
    'role-managed-policy',
    'attached policies',
    'somebody attached or detached a policy by hand: `aws cloudformation detect-stack-drift` shows it, a deploy does not undo it',
    'managedPolicies',
    ({ managedPolicies }) => managedPolicies,
    (arns) => arns.map((arn) => asIs(policyName(String(arn)))),
  ),
  checkOf(
    'role-inline-policies',
    'inline policies',
    'somebody edited an inline policy by hand, or the stack was deployed from another revision: `npx cdk diff` shows which',
    'inlinePolicies',
    ({ inlinePolicies }) => inlinePolicies.map(({ PolicyDocument }) => PolicyDocument),
    readStatements,
  ),
  checkOf(
    'role-trust',
    'trust policy',
    'somebody edited the trust policy by hand. Without its condition others can use the role: any Fargate profile of the account without aws:SourceArn, any pod of the cluster without the ServiceAccount. Deploy again after `aws iam get-role` shows who else is let in',
    'trustPolicy',
    ({ AssumeRolePolicyDocument }) => [AssumeRolePolicyDocument],
    readStatements,
  ),
];

const roleAnnotation = 'eks.amazonaws.com/role-arn';

/** Whether the pods of a ServiceAccount get its role. */
export const serviceAccountCheck: Check<AccountSubject> = {
  id: 'service-account-role',
  title: 'role of the ServiceAccount',
  usualCause: `somebody edited the ServiceAccount by hand, so that new pods get another role or none: \`kubectl annotate --overwrite serviceaccount\` sets ${roleAnnotation}, then \`kubectl rollout restart\` makes new pods`,
  judge: ({ live, account }) => {
    const role = live();
    if (role === undefined) {
      return follows('attached policies');
    }
    const found = account();
    return found === undefined
      ? broken(role.Arn, 'no such ServiceAccount', { usualCause: deletedByHand })
      : compare(role.Arn, found.metadata?.annotations?.[roleAnnotation] ?? `no ${roleAnnotation}`);
  },
};

function checkOf(
  id: string,
  title: string,
  usualCause: string,
  property: 'managedPolicies' | 'inlinePolicies' | 'trustPolicy',
  found: (role: RoleState) => readonly unknown[],
  read: (documents: readonly unknown[]) => readonly Statement[],
): Check<RoleSubject> {
  return {
    id,
    title,
    usualCause,
    judge: ({ planned, deployed, name, live }) => {
      const role = live();
      if (role !== undefined) {
        return compareStatements(read([evaluate(planned[property], deployed)].flat()), read(found(role)));
      }
      if (property !== 'managedPolicies') {
        return follows('attached policies');
      }
      return name === undefined
        ? broken('an IAM role', 'the stack has none', { usualCause: otherRevision })
        : broken('an IAM role', `there is no role ${name}`);
    },
  };
}

/** `arn:aws:iam::aws:policy/AmazonX` -> `AmazonX`; a policy of the account keeps its ARN, so that it stands out. */
function policyName(arn: string): string {
  return arn.replace(/^arn:[^:]+:iam::aws:policy\/(?=[\w+=,.@-]+$)/u, '');
}
