import { logGroupPrefix } from '../../constructs/logs/log-groups';
import { broken, held, judgeAll, type CheckResult } from '../cluster/check';
import { CouldNotLook, see } from '../could-not-look';
import { list, type Aws } from './aws-cli';
import { findStack, stackResources, type Stack, type StackResource } from './deployed-stacks';
import { findCluster } from './eks-cluster';
import { findRole } from './roles';

/** What was destroyed. */
interface Former {
  readonly aws: Aws;
  readonly stackNames: readonly string[];
  readonly clusterNames: readonly string[];
  /** Those of the stacks that are still there. */
  readonly live: readonly (Stack | undefined)[];
  /** Physical IDs of what the stacks had, by CloudFormation type. */
  readonly idsOf: (type: string) => readonly string[];
}

/** What `cdk destroy` may leave, and how to find it. */
const kinds: readonly {
  readonly id: string;
  readonly title: string;
  readonly usualCause: string;
  readonly find: (former: Former) => Promise<readonly string[]>;
}[] = [
  {
    id: 'gone-stacks',
    title: 'stacks',
    usualCause:
      'the destroy failed, or is under way: the events of the stack say why; npx cdk destroy tries again',
    find: async ({ live }) => live.flatMap((one) => (one ? `${one.StackName} (${one.StackStatus})` : [])),
  },
  {
    id: 'gone-clusters',
    title: 'clusters and their Fargate profiles',
    usualCause: 'deletion protection, or a Fargate profile that is still being deleted: docs/teardown.md',
    find: ({ aws, clusterNames }) =>
      each(clusterNames, async (name) => {
        const cluster = await findCluster(aws, name);
        return cluster ? [`${name} (${cluster.status})`] : [];
      }),
  },
  {
    id: 'gone-roles',
    title: 'roles',
    usualCause:
      'somebody attached a policy by hand, which keeps a role from being deleted: detach it, and delete the role',
    find: async ({ aws, idsOf }) =>
      each(idsOf('AWS::IAM::Role'), async (name) => {
        const role = await findRole(aws, name);
        return role ? [`${name} (${role.Arn})`] : [];
      }),
  },
  {
    id: 'gone-log-groups',
    title: 'log groups',
    usualCause:
      'a last line of a log made the group again, without retention: `aws logs delete-log-group` deletes it',
    find: ({ aws, clusterNames }) =>
      each(clusterNames, async (name) => {
        const options = { 'log-group-name-prefix': logGroupPrefix(name) };
        type Group = Record<'logGroupName', string>;
        const groups = await list<Group>(aws, 'logGroups', 'logs describe-log-groups', options);
        return groups.map(({ logGroupName }) => logGroupName);
      }),
  },
  {
    id: 'gone-network-interfaces',
    title: 'network interfaces',
    usualCause:
      'AWS releases those of Lambda and EKS within the hour; one that stays keeps the VPC from being deleted',
    find: async ({ aws, clusterNames, idsOf }) => {
      const ofClusters = clusterNames.map((name) => `Name=description,Values=Amazon EKS ${name}`);
      const ofVpcs = idsOf('AWS::EC2::VPC').map((id) => `Name=vpc-id,Values=${id}`);
      return each([...ofClusters, ...ofVpcs], async (filters) => {
        type Interface = Record<'NetworkInterfaceId' | 'Description', string>;
        const operation = 'ec2 describe-network-interfaces';
        const found = await list<Interface>(aws, 'NetworkInterfaces', operation, { filters });
        return found.map(({ NetworkInterfaceId, Description }) => `${NetworkInterfaceId} (${Description})`);
      });
    },
  },
  {
    id: 'gone-elastic-ips',
    title: 'elastic IPs',
    usualCause:
      'the NAT gateway that had it is still being deleted, or somebody kept it: it is billed until it is released',
    find: ({ aws, stackNames }) =>
      each(stackNames, async (name) => {
        const filters = `Name=tag:aws:cloudformation:stack-name,Values=${name}`;
        type Address = Record<'AllocationId' | 'PublicIp', string>;
        const found = await list<Address>(aws, 'Addresses', 'ec2 describe-addresses', { filters });
        return found.map(({ AllocationId, PublicIp }) => `${AllocationId} (${PublicIp})`);
      }),
  },
];

/** What is found for each name, once. */
async function each<T>(
  names: readonly string[],
  find: (name: string) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  return [...new Set((await Promise.all(names.map(find))).flat())];
}

/**
 * Looks for what `cdk destroy` leaves: of stacks, clusters, roles, log groups, network interfaces and addresses.
 *
 * @throws CouldNotLook if not even the stacks can be asked for.
 */
export async function judgeGone(
  aws: Aws,
  stackNames: readonly string[],
  clusterNames: readonly string[],
): Promise<readonly CheckResult[]> {
  const live = await Promise.all(stackNames.map((name) => findStack(aws, name)));
  const resources = await see(() =>
    each(stackNames, (name) => formerResources(aws, name, live[stackNames.indexOf(name)]?.StackId)),
  );
  const idsOf = (type: string): readonly string[] =>
    resources().flatMap((one) => (one.ResourceType === type ? (one.PhysicalResourceId ?? []) : []));
  const former: Former = { aws, stackNames, clusterNames, live, idsOf };
  const looked = kinds.map(async ({ find, ...kind }) => {
    const left = await see(() => find(former));
    const judge = () => (left().length === 0 ? held('none') : broken('none', left().join(', ')));
    return { ...kind, step: 1, subjects: () => [{ label: '' }], judge };
  });
  return judgeAll(former, await Promise.all(looked));
}

/** What a stack had. Of one that was deleted more than 90 days ago, CloudFormation knows nothing. */
async function formerResources(
  aws: Aws,
  stackName: string,
  liveId: string | undefined,
): Promise<readonly StackResource[]> {
  type Deleted = Record<'StackName' | 'StackId' | 'DeletionTime', string>;
  const options = { 'stack-status-filter': 'DELETE_COMPLETE' };
  const deleted = await list<Deleted>(aws, 'StackSummaries', 'cloudformation list-stacks', options);
  const [last] = deleted
    .filter(({ StackName }) => StackName === stackName)
    .toSorted((a, b) => b.DeletionTime.localeCompare(a.DeletionTime));
  const id = liveId ?? last?.StackId;
  if (id === undefined) {
    throw new CouldNotLook(
      `CloudFormation remembers no stack ${stackName}, so nobody knows what it had`,
      'Check that AWS_PROFILE and AWS_REGION are those of the deploy',
    );
  }
  return stackResources(aws, id);
}
