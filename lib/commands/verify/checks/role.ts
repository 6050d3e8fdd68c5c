import { broken, compare, follows, type Check } from '../../cluster/check';
import { deletedByHand } from '../../cluster/scaling';
import { evaluate } from '../aws/deployed-stacks';
import type { AccountSubject, RoleState, RoleSubject } from '../aws/look-at-aws';
import type { DeploymentView } from '../look-at-deployment';
import { asIs, compareStatements, readStatements, type Statement } from './policy';

/** Where the deployed stack is not that of the plan. */
export const otherRevision =
  'the stack was deployed from another revision: `npx cdk diff` shows what a deploy of this one changes';

interface PolicyCheck {
  readonly id: string;
  readonly title: string;
  readonly usualCause: string;
  readonly planned: 'managedPolicies' | 'inlinePolicies' | 'trustPolicy';
  readonly found: (role: RoleState) => readonly unknown[];
  readonly read: (documents: readonly unknown[]) => readonly Statement[];
}

const policyChecks: readonly PolicyCheck[] = [
  {
    id: 'role-managed-policy',
    title: 'attached policies',
    usualCause:
      'somebody attached or detached a policy by hand: `aws cloudformation detect-stack-drift` shows it, a deploy does not undo it',
    planned: 'managedPolicies',
    found: ({ managedPolicies }) => managedPolicies,
    read: (arns) => arns.map((arn) => asIs(policyName(String(arn)))),
  },
  {
    id: 'role-inline-policies',
    title: 'inline policies',
    usualCause:
      'somebody edited an inline policy by hand, or the stack was deployed from another revision: `npx cdk diff` shows which',
    planned: 'inlinePolicies',
    found: ({ inlinePolicies }) => inlinePolicies.map(({ PolicyDocument }) => PolicyDocument),
    read: readStatements,
  },
  {
    id: 'role-trust',
    title: 'trust policy',
    usualCause:
      'somebody edited the trust policy by hand. Without its condition others can use the role: any Fargate profile of the account without aws:SourceArn, any pod of the cluster without the ServiceAccount. Deploy again after `aws iam get-role` shows who else is let in',
    planned: 'trustPolicy',
    found: ({ AssumeRolePolicyDocument }) => [AssumeRolePolicyDocument],
    read: readStatements,
  },
];

/** What the kubelet of a pod, or the pod itself, may do in AWS, and who may act as it. */
export const roleChecks = policyChecks.map(
  ({ id, title, usualCause, planned: property, found, read }): Check<DeploymentView, RoleSubject> => ({
    id,
    step: 1,
    title,
    usualCause,
    subjects: ({ roles }) => roles,
    judge: ({ planned, name, live }, { deployed }) => {
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
  }),
);

/** `arn:aws:iam::aws:policy/AmazonX` -> `AmazonX`; a policy of the account keeps its ARN, so that it stands out. */
function policyName(arn: string): string {
  return arn.replace(/^arn:[^:]+:iam::aws:policy\/(?=[\w+=,.@-]+$)/u, '');
}

const roleAnnotation = 'eks.amazonaws.com/role-arn';

/** Whether the pods of a ServiceAccount get its role. */
export const serviceAccountCheck: Check<DeploymentView, AccountSubject> = {
  id: 'service-account-role',
  step: 1,
  title: 'role of the ServiceAccount',
  usualCause: `somebody edited the ServiceAccount by hand, so that new pods get another role or none: \`kubectl annotate --overwrite serviceaccount\` sets ${roleAnnotation}, then \`kubectl rollout restart\` makes new pods`,
  subjects: ({ accounts }) => accounts,
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
