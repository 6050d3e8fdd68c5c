import { Stack, type CfnElement } from 'aws-cdk-lib';
import { CfnPolicy, type CfnRole, type Role } from 'aws-cdk-lib/aws-iam';

/** A resource whose name only CloudFormation knows. */
export interface PlannedResource {
  /** Name of the stack that makes it. */
  readonly stackName: string;
  /** Its logical ID in the template of that stack. */
  readonly logicalId: string;
}

/** An IAM role, with its policies as the template has them: plain values, and intrinsic functions such as `Ref`. */
export interface PlannedRole extends PlannedResource {
  /** Who may assume it: a document, or its JSON as text. */
  readonly trustPolicy: unknown;
  /** ARNs of the attached managed policies. */
  readonly managedPolicies: readonly unknown[];
  /** Its own policies, and those that grants add to it. */
  readonly inlinePolicies: readonly unknown[];
}

/** A ServiceAccount whose pods act as an IAM role. */
export interface PlannedServiceAccount {
  readonly namespace: string;
  readonly name: string;
  readonly role: PlannedRole;
}

/** Plans a role. Policies are read when somebody asks: until then, grants may add to them. */
export function planRole(role: Role): PlannedRole {
  const stack = Stack.of(role);
  const resource = role.node.defaultChild as CfnRole;
  return {
    ...planResource(resource),
    get trustPolicy(): unknown {
      return stack.resolve(resource.assumeRolePolicyDocument) as unknown;
    },
    get managedPolicies(): readonly unknown[] {
      return (stack.resolve(resource.managedPolicyArns) ?? []) as readonly unknown[];
    },
    get inlinePolicies(): readonly unknown[] {
      const own = (stack.resolve(resource.policies) ?? []) as readonly { readonly policyDocument: unknown }[];
      const granted = role.node.findAll().filter((child) => child instanceof CfnPolicy);
      return [...own, ...granted].map(({ policyDocument }) => stack.resolve(policyDocument) as unknown);
    },
  };
}

export function planResource(resource: CfnElement): PlannedResource {
  const stack = Stack.of(resource);
  return { stackName: stack.stackName, logicalId: stack.getLogicalId(resource) };
}
