import type { Check, Verdict } from '../check';
import { compare, formatSet, judgeSeen } from '../check';
import type { ExpectedRole } from '../expected';
import { describeLogPermissions, judgeLogPermissions } from '../log-permissions';
import type { ObservedRole, ObservedState } from '../observed';
import { listOf, statementsOf, type Statement } from '../policy-statement';

/** AWS's own policy for the role: read access to Amazon ECR. */
const executionPolicy = 'AmazonEKSFargatePodExecutionRolePolicy';
const trustedService = 'eks-fargate-pods.amazonaws.com';

const managedPolicy: Check = {
  id: 'role-managed-policy',
  step: 1,
  title: 'attached policies',
  usualCause:
    'someone attached or detached a policy by hand: `aws cloudformation detect-stack-drift` shows it, a deploy does not undo it',
  judge: (expected, observed) =>
    judgeRole(expected.role, observed, executionPolicy, (role) =>
      compare(executionPolicy, formatSet(role.attachedPolicies.map(policyName)), role.attachedPolicies),
    ),
};

const logPermissions: Check = {
  id: 'role-log-permissions',
  step: 1,
  title: 'inline policies',
  usualCause:
    'the inline policy was edited by hand, or the stack was deployed from another revision: `npx cdk diff` shows which',
  judge: (expected, observed) => {
    const { logGroupArn } = expected.role;
    return judgeRole(expected.role, observed, describeLogPermissions(logGroupArn), (role) =>
      judgeLogPermissions(role.inlinePolicies, logGroupArn),
    );
  },
};

const trust: Check = {
  id: 'role-trust',
  step: 1,
  title: 'trust policy',
  usualCause:
    'the trust policy was edited by hand. Without the aws:SourceArn condition any Fargate profile of the account can take the role: deploy again after `aws iam get-role` shows who else is let in',
  judge: (expected, observed) => {
    const wanted = `${trustedService} for ${expected.role.sourceArn}`;
    return judgeRole(expected.role, observed, wanted, (role) => {
      const statements = statementsOf(role.trustPolicy);
      return compare(
        wanted,
        statements.map(describeTrust).join('; ') || 'nobody',
        statements.map((statement) => JSON.stringify(statement)),
      );
    });
  },
};

/** Step 1: what the kubelet of a pod may do, and who may act as it. */
export const roleChecks: readonly Check[] = [managedPolicy, logPermissions, trust];

function judgeRole(
  expected: ExpectedRole,
  observed: ObservedState,
  wanted: string,
  judge: (role: ObservedRole) => Verdict,
): Verdict {
  return judgeSeen(observed.role, wanted, (role) =>
    role === null
      ? { status: 'broken', expected: wanted, observed: `there is no role ${expected.arn}` }
      : judge(role),
  );
}

/** `arn:aws:iam::aws:policy/AmazonX` -> `AmazonX`; a policy of the account keeps its ARN, so that it stands out. */
function policyName(arn: string): string {
  return /^arn:[^:]+:iam::aws:policy\/(?<name>[\w+=,.@-]+)$/.exec(arn)?.groups?.['name'] ?? arn;
}

/**
 * `eks-fargate-pods.amazonaws.com for arn:…` where the statement is the designed one, and only then. Anything that
 * differs, a further condition included, is written out as it is: no guess at whether it is wider or narrower.
 */
function describeTrust(statement: Statement): string {
  const { Effect, Principal, Action, Condition } = statement;
  const services = onlyEntry(Principal, 'Service');
  const sourceArns = singleCondition(Condition, 'ArnLike', 'aws:SourceArn');
  const isDesigned =
    Effect === 'Allow' &&
    services !== null &&
    sourceArns !== null &&
    JSON.stringify(listOf(Action)) === '["sts:AssumeRole"]';
  return isDesigned ? `${formatSet(services)} for ${formatSet(sourceArns)}` : JSON.stringify(statement);
}

/** The values of a condition block that holds this one operator with this one key, or `null`. */
function singleCondition(condition: unknown, operator: string, key: string): readonly string[] | null {
  if (typeof condition !== 'object' || condition === null || Object.keys(condition).length !== 1) {
    return null;
  }
  return onlyEntry((condition as Record<string, unknown>)[operator], key);
}

/** The values under the only key of an object, or `null` if it has others. */
function onlyEntry(value: unknown, key: string): readonly string[] | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) {
    return null;
  }
  const values = listOf((value as Record<string, unknown>)[key]);
  return values.length > 0 ? values.map(String) : null;
}
