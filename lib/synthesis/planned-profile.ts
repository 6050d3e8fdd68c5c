import { Stack, type CfnElement } from 'aws-cdk-lib';
import { CfnSubnet, type ISubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnPolicy, type CfnRole, type Role } from 'aws-cdk-lib/aws-iam';
import type { FargateProfile } from '../fargate/sizing/profile';

/** A Fargate profile that a stack makes. */
export interface PlannedProfile extends FargateProfile {
  /** Its pod execution role. */
  readonly podExecutionRole: PlannedRole;
  /** Its subnets: the IDs of existing ones, or the resources. */
  readonly subnets: readonly (string | PlannedResource)[];
}

/** A resource whose name only CloudFormation knows. */
export interface PlannedResource {
  /** Name of the stack that makes it. */
  readonly stackName: string;
  /** Its logical ID in the template of that stack. */
  readonly logicalId: string;
}

/** An IAM role, with its policies as the template has them: plain values, and intrinsic functions such as `Ref`. */
export interface PlannedRole extends PlannedResource {
  /** Who may assume it. */
  readonly trustPolicy: unknown;
  /** ARNs of the attached managed policies. */
  readonly managedPolicies: readonly unknown[];
  /** Its own policies, and those that grants add to it. */
  readonly inlinePolicies: readonly unknown[];
}

/** What a construct knows of its profile, beyond what selects the pods. */
export interface ProfileResources {
  readonly podExecutionRole: Role;
  readonly subnets: readonly ISubnet[];
}

/** Plans a profile. Policies are read when somebody asks: until then, grants may add to them. */
export function planProfile(
  profile: FargateProfile,
  { podExecutionRole, subnets }: ProfileResources,
): PlannedProfile {
  const stack = Stack.of(podExecutionRole);
  const role = podExecutionRole.node.defaultChild as CfnRole;
  return {
    ...profile,
    podExecutionRole: {
      ...planResource(role),
      get trustPolicy(): unknown {
        return stack.resolve(role.assumeRolePolicyDocument) as unknown;
      },
      get managedPolicies(): readonly unknown[] {
        return (stack.resolve(role.managedPolicyArns) ?? []) as readonly unknown[];
      },
      get inlinePolicies(): readonly unknown[] {
        const own = (stack.resolve(role.policies) ?? []) as readonly { readonly policyDocument: unknown }[];
        const granted = podExecutionRole.node.findAll().filter((child) => child instanceof CfnPolicy);
        return [...own, ...granted].map(({ policyDocument }) => stack.resolve(policyDocument) as unknown);
      },
    },
    subnets: subnets.map((subnet) => {
      const resource = subnet.node.findAll().find((child) => child instanceof CfnSubnet);
      // A subnet of an existing VPC has no resource, and a literal ID.
      return resource ? planResource(resource) : subnet.subnetId;
    }),
  };
}

function planResource(resource: CfnElement): PlannedResource {
  const stack = Stack.of(resource);
  return { stackName: stack.stackName, logicalId: stack.getLogicalId(resource) };
}
