import type { ServiceAccount } from 'kubernetes-types/core/v1';
import type { FargateSelector } from '../../../fargate/sizing/profile';
import type { FargatePlan } from '../../../synthesis/fargate-plan';
import type { PlannedProfile } from '../../../synthesis/planned-profile';
import type { PlannedRole } from '../../../synthesis/planned-role';
import { see, type Seen } from '../../could-not-look';
import { findObject, type KubernetesApi } from '../../kubernetes/kubernetes-api';
import type { Subject } from '../../cluster/check';
import { find, list, type Aws } from './aws-cli';
import type { DeployedStacks } from './deployed-stacks';

/** An IAM role with its policies. */
export interface RoleState {
  readonly Arn: string;
  readonly AssumeRolePolicyDocument: unknown;
  /** ARNs of the attached managed policies. */
  readonly managedPolicies: readonly string[];
  readonly inlinePolicies: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
}

/** A Fargate profile, as EKS describes it. */
export interface FargateProfileState {
  readonly status: string;
  readonly podExecutionRoleArn: string;
  readonly subnets?: readonly string[];
  readonly selectors?: readonly FargateSelector[];
  readonly health?: { readonly issues?: readonly { readonly code: string; readonly message: string }[] };
}

/** A route, with the one of its targets that it has. */
export interface Route {
  readonly DestinationCidrBlock?: string;
  readonly DestinationIpv6CidrBlock?: string;
  readonly DestinationPrefixListId?: string;
  /** `blackhole` where the target is gone. */
  readonly State?: string;
  readonly [target: `${string}Id`]: string | undefined;
}

type Subnet = Readonly<Record<'SubnetId' | 'VpcId' | 'AvailabilityZone', string>>;

interface RouteTable {
  readonly RouteTableId: string;
  readonly VpcId: string;
  readonly Associations?: readonly { readonly Main?: boolean; readonly SubnetId?: string }[];
  readonly Routes?: readonly Route[];
}

/** An IAM role of the plan, and what AWS has of it. */
export interface RoleSubject extends Subject {
  readonly planned: PlannedRole;
  /** Its name; undefined where the stack does not have it. */
  readonly name: string | undefined;
  readonly live: Seen<RoleState | undefined>;
}

/** The role of a ServiceAccount, and what the cluster has of that. */
export interface AccountSubject extends RoleSubject {
  readonly account: Seen<ServiceAccount | undefined>;
}

/** A Fargate profile of the plan with its role, and what AWS has of it. */
export interface ProfileSubject extends Subject {
  readonly planned: PlannedProfile;
  readonly role: RoleSubject;
  readonly live: Seen<FargateProfileState | undefined>;
  /** IDs of the planned subnets. */
  readonly subnetIds: readonly string[];
}

/** A subnet of a profile, as it was found. */
export interface SubnetSubject extends Subject {
  /** Its availability zone; undefined where there is no such subnet. */
  readonly zone: string | undefined;
  /** The route table that applies: the one of the subnet, or the main one of its VPC. */
  readonly routeTable: RouteTable | undefined;
}

/** Looks at the profiles of a plan and at their roles, once. */
export async function lookAtProfiles(
  aws: Aws,
  { clusterName, profiles }: FargatePlan,
  deployed: DeployedStacks,
): Promise<readonly ProfileSubject[]> {
  return Promise.all(
    profiles.map(async (planned): Promise<ProfileSubject> => {
      const { name: label, podExecutionRole, subnets } = planned;
      const options = { 'cluster-name': clusterName, 'fargate-profile-name': label };
      const [live, role] = await Promise.all([
        see(() => find<FargateProfileState>(aws, 'fargateProfile', 'eks describe-fargate-profile', options)),
        lookAtRole(aws, label, podExecutionRole, deployed),
      ]);
      const subnetIds = subnets.map((subnet) =>
        typeof subnet === 'string'
          ? subnet
          : (deployed.resource(subnet)?.PhysicalResourceId ?? `${subnet.logicalId} of another revision`),
      );
      return { label, planned, role, live, subnetIds };
    }),
  );
}

/** Looks at the ServiceAccounts of a plan and at their roles, once. */
export async function lookAtServiceAccounts(
  aws: Aws,
  api: KubernetesApi,
  { serviceAccounts }: FargatePlan,
  deployed: DeployedStacks,
): Promise<readonly AccountSubject[]> {
  return Promise.all(
    serviceAccounts.map(async ({ namespace, name, role }): Promise<AccountSubject> => {
      const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}`;
      const [account, subject] = await Promise.all([
        see(() => findObject<ServiceAccount>(api, path)),
        lookAtRole(aws, `ServiceAccount ${namespace}/${name}`, role, deployed),
      ]);
      return { ...subject, account };
    }),
  );
}

async function lookAtRole(
  aws: Aws,
  label: string,
  planned: PlannedRole,
  deployed: DeployedStacks,
): Promise<RoleSubject> {
  const name = deployed.resource(planned)?.PhysicalResourceId;
  const live = await see(async () => (name === undefined ? undefined : findRole(aws, name)));
  return { label, planned, name, live };
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

/** Looks at the subnets of the profiles as they were found. */
export async function lookAtSubnets(
  aws: Aws,
  profiles: readonly ProfileSubject[],
): Promise<readonly SubnetSubject[]> {
  const ids = [...new Set(profiles.flatMap(({ live }) => live()?.subnets ?? []))].toSorted();
  const ec2 = <T>(key: string, operation: string, filter: string, values: readonly string[]) =>
    list<T>(aws, key, `ec2 ${operation}`, { filters: `Name=${filter},Values=${values.join()}` });
  // A filter, because an unknown ID in --subnet-ids is an error that hides the other subnets.
  const subnets = await ec2<Subnet>('Subnets', 'describe-subnets', 'subnet-id', ids);
  const vpcIds = new Set(subnets.map(({ VpcId }) => VpcId));
  const all = await ec2<RouteTable>('RouteTables', 'describe-route-tables', 'vpc-id', [...vpcIds]);
  return ids.map((label) => {
    const subnet = subnets.find(({ SubnetId }) => SubnetId === label);
    const tables = all.filter(({ VpcId }) => VpcId === subnet?.VpcId);
    // A subnet without an association of its own uses the main route table of its VPC.
    const routeTable =
      tables.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === label)) ??
      tables.find(({ Associations }) => Associations?.some(({ Main }) => Main));
    return { label, zone: subnet?.AvailabilityZone, routeTable };
  });
}

/** A cluster, as EKS describes it. */
export interface ClusterState {
  readonly status: string;
  readonly version: string;
  readonly endpoint?: string;
  readonly resourcesVpcConfig?: {
    readonly endpointPublicAccess?: boolean;
    readonly publicAccessCidrs?: readonly string[];
  };
}

export async function findCluster(aws: Aws, name: string): Promise<ClusterState | undefined> {
  return find<ClusterState>(aws, 'cluster', 'eks describe-cluster', { name });
}
