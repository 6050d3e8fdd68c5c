import { CfnSubnet, type ISubnet } from 'aws-cdk-lib/aws-ec2';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { FargateProfile } from '../fargate/sizing/profile';
import { planResource, planRole, type PlannedResource, type PlannedRole } from './planned-role';

/** A Fargate profile that a stack makes. */
export interface PlannedProfile extends FargateProfile {
  /** Its pod execution role. */
  readonly podExecutionRole: PlannedRole;
  /** Its subnets: the IDs of existing ones, or the resources. */
  readonly subnets: readonly (string | PlannedResource)[];
}

/** What a construct knows of its profile, beyond what selects the pods. */
export interface ProfileResources {
  readonly podExecutionRole: Role;
  readonly subnets: readonly ISubnet[];
}

/** Plans a profile. */
export function planProfile(
  profile: FargateProfile,
  { podExecutionRole, subnets }: ProfileResources,
): PlannedProfile {
  return {
    ...profile,
    podExecutionRole: planRole(podExecutionRole),
    subnets: subnets.map((subnet) => {
      const resource = subnet.node.findAll().find((child) => child instanceof CfnSubnet);
      // A subnet of an existing VPC has no resource, and a literal ID.
      return resource ? planResource(resource) : subnet.subnetId;
    }),
  };
}
