import type { ServiceAccount } from 'kubernetes-types/core/v1';
import type { FargatePlan } from '../../synthesis/fargate-plan';
import type { PlannedRole } from '../../synthesis/planned-role';
import { broken, compare, follows, type Check, type Subject } from '../cluster/check';
import { deletedByHand } from '../cluster/scaling';
import { see, type Seen } from '../could-not-look';
import { findObject, type KubernetesApi } from '../kubernetes/kubernetes-api';
import { find, list, type Aws } from './aws-cli';
import { evaluate, type DeployedStacks } from './deployed-stacks';
import type { DeploymentView } from './look-at-deployment';
import { asIs, compareStatements, readStatements, type Statement } from './policy';

/** An IAM role with its policies. */
interface RoleState {
  readonly Arn: string;
  readonly AssumeRolePolicyDocument: unknown;
  /** ARNs of the attached managed policies. */
  readonly managedPolicies: readonly string[];
  readonly inlinePolicies: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
}

/** An IAM role of the plan, and what AWS has of it. */
export interface RoleSubject extends Subject {
  readonly planned: PlannedRole;
  /** Undefined where the stack does not have it. */
  readonly name: string | undefined;
  readonly live: Seen<RoleState | undefined>;
  /** What the cluster has of the ServiceAccount whose role it is. */
  readonly account?: Seen<ServiceAccount | undefined>;
}

/** Looks at the roles of the profiles of a plan, and at those of its ServiceAccounts. */
export async function lookAtRoles(
  aws: Aws,
  api: KubernetesApi,
  { profiles, serviceAccounts }: FargatePlan,
  deployed: DeployedStacks,
): Promise<readonly RoleSubject[]> {
  const look = async (label: string, planned: PlannedRole): Promise<RoleSubject> => {
    const name = deployed.resource(planned)?.PhysicalResourceId;
    const live = await see(async () => (name === undefined ? undefined : findRole(aws, name)));
    return { label, planned, name, live };
  };
  return Promise.all([
    ...profiles.map(({ name, podExecutionRole }) => look(name, podExecutionRole)),
    ...serviceAccounts.map(async ({ namespace, name, role }) => {
      const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}`;
      const account = await see(() => findObject<ServiceAccount>(api, path));
      return { ...(await look(`ServiceAccount ${namespace}/${name}`, role)), account };
    }),
  ]);
}

/** A role with all its policies. */
export async function findRole(aws: Aws, name: string): Promise<RoleState | undefined> {
  const options = { 'role-name': name };
  const role = await find<RoleState>(aws, 'Role', 'iam get-role', options);
  if (role === undefined) {
    return undefined;
  }
  const [attached, inline] = await Promise.all([
    list<Record<'PolicyArn', string>>(aws, 'AttachedPolicies', 'iam list-attached-role-policies', options),
    list<string>(aws, 'PolicyNames', 'iam list-role-policies', options),
  ]);
  const inlinePolicies = inline.map((policy) =>
    aws<RoleState['inlinePolicies'][number]>('iam get-role-policy', { ...options, 'policy-name': policy }),
  );
  return {
    ...role,
    managedPolicies: attached.map(({ PolicyArn }) => PolicyArn),
    inlinePolicies: await Promise.all(inlinePolicies),
  };
}

/** Where the deployed stack is not that of the plan. */
export const otherRevision =
  'the stack was deployed from another revision: `npx cdk diff` shows what a deploy of this one changes';

const attachedPolicies = 'attached policies';

/** What the kubelet of a pod, or the pod itself, may do in AWS, and who may act as it. */
export const roleChecks: readonly Check<DeploymentView, RoleSubject>[] = [
  {
    id: 'role-managed-policy',
    step: 1,
    title: attachedPolicies,
    usualCause:
      'somebody attached or detached a policy by hand: `aws cloudformation detect-stack-drift` shows it, a deploy does not undo it',
    subjects: ({ roles }) => roles,
    judge: ({ planned, name, live }, { deployed }) => {
      const role = live();
      if (role === undefined) {
        return name === undefined
          ? broken('an IAM role', 'the stack has none', { usualCause: otherRevision })
          : broken('an IAM role', `there is no role ${name}`);
      }
      const wanted = evaluate(planned.managedPolicies, planned.stackName, deployed) as readonly unknown[];
      return compareStatements(wanted.map(managedPolicy), role.managedPolicies.map(managedPolicy));
    },
  },
  documentsCheck(
    'role-inline-policies',
    'inline policies',
    'somebody edited an inline policy by hand, or the stack was deployed from another revision: `npx cdk diff` shows which',
    ({ inlinePolicies }) => inlinePolicies,
    ({ inlinePolicies }) => inlinePolicies.map(({ PolicyDocument }) => PolicyDocument),
  ),
  documentsCheck(
    'role-trust',
    'trust policy',
    'somebody edited the trust policy by hand. Without its condition others can use the role: any Fargate profile of the account without aws:SourceArn, any pod of the cluster without the ServiceAccount. Deploy again after `aws iam get-role` shows who else is let in',
    ({ trustPolicy }) => [trustPolicy],
    ({ AssumeRolePolicyDocument }) => [AssumeRolePolicyDocument],
  ),
];

/** `arn:aws:iam::aws:policy/AmazonX` -> `AmazonX`; a policy of the account keeps its ARN, so that it stands out. */
function managedPolicy(arn: unknown): Statement {
  return asIs(String(arn).replace(/^arn:[^:]+:iam::aws:policy\/(?=[\w+=,.@-]+$)/u, ''));
}

function documentsCheck(
  id: string,
  title: string,
  usualCause: string,
  wanted: (planned: PlannedRole) => readonly unknown[],
  found: (role: RoleState) => readonly unknown[],
): Check<DeploymentView, RoleSubject> {
  return {
    id,
    step: 1,
    title,
    usualCause,
    subjects: ({ roles }) => roles,
    judge: ({ planned, live }, { deployed }) => {
      const role = live();
      return role === undefined
        ? follows(attachedPolicies)
        : compareStatements(
            readStatements(
              wanted(planned).map((document) => evaluate(document, planned.stackName, deployed)),
            ),
            readStatements(found(role)),
          );
    },
  };
}

const roleAnnotation = 'eks.amazonaws.com/role-arn';

/** Whether the pods of a ServiceAccount get its role. */
export const serviceAccountCheck: Check<DeploymentView, RoleSubject> = {
  id: 'service-account-role',
  step: 1,
  title: 'role of the ServiceAccount',
  usualCause: `somebody edited the ServiceAccount by hand, so that new pods get another role or none: \`kubectl annotate --overwrite serviceaccount\` sets ${roleAnnotation}, then \`kubectl rollout restart\` makes new pods`,
  subjects: ({ roles }) => roles.filter(({ account }) => account !== undefined),
  judge: ({ live, account }) => {
    const role = live();
    if (role === undefined) {
      return follows(attachedPolicies);
    }
    const found = account?.();
    return found === undefined
      ? broken(role.Arn, 'no such ServiceAccount', { usualCause: deletedByHand })
      : compare(role.Arn, found.metadata?.annotations?.[roleAnnotation] ?? `no ${roleAnnotation}`);
  },
};
