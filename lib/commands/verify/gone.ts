import { logGroupPrefix } from '../../constructs/logs/log-groups';
import { CouldNotLook, see } from '../could-not-look';
import { list, type Aws } from './aws/aws-cli';
import { findStack, stackResources, type StackResource } from './aws/deployed-stacks';
import { findCluster, findRole } from './aws/look-at-aws';
import { broken, held, Judged, type CheckResult } from '../cluster/check';

/**
 * Looks for what `cdk destroy` leaves: of stacks, clusters, roles, log groups, network interfaces and addresses.
 *
 * @param stackNames the stacks that were destroyed.
 * @param clusterNames their clusters.
 * @throws CouldNotLook if not even the stacks can be asked for.
 */
export async function judgeGone(
  aws: Aws,
  stackNames: readonly string[],
  clusterNames: readonly string[],
): Promise<readonly CheckResult[]> {
  const live = await Promise.all(stackNames.map((name) => findStack(aws, name)));
  const former = await see(async () => {
    return (
      await Promise.all(stackNames.map((name, index) => formerResources(aws, name, live[index]?.StackId)))
    ).flat();
  });
  const idsOf = (type: string): readonly string[] =>
    former().flatMap((one) => (one.ResourceType === type ? (one.PhysicalResourceId ?? []) : []));
  const all = <T>(key: string, operation: string, option: string, values: readonly string[]) =>
    Promise.all(values.map((value) => list<T>(aws, key, operation, { [option]: value }))).then((lists) =>
      lists.flat(),
    );
  const judged = new Judged();
  const check = async (
    id: string,
    title: string,
    find: () => Promise<readonly string[]>,
    usualCause: string,
  ): Promise<void> => {
    const found = await see(find);
    const judge = () =>
      found().length === 0 ? held('none') : broken('none', [...new Set(found())].join(', '));
    judged.make(1, () => [{ label: '' }], [{ id, title, usualCause, judge }]);
  };
  await check(
    'gone-stacks',
    'stacks',
    async () => live.flatMap((stack) => (stack ? `${stack.StackName} (${stack.StackStatus})` : [])),
    'the destroy failed, or is under way: the events of the stack say why; npx cdk destroy tries again',
  );
  await check(
    'gone-clusters',
    'clusters and their Fargate profiles',
    () => present(clusterNames, async (name) => (await findCluster(aws, name))?.status),
    'deletion protection, or a Fargate profile that is still being deleted: docs/teardown.md',
  );
  await check(
    'gone-roles',
    'roles',
    async () => present(idsOf('AWS::IAM::Role'), async (name) => (await findRole(aws, name))?.Arn),
    'somebody attached a policy by hand, which keeps a role from being deleted: detach it, and delete the role',
  );
  await check(
    'gone-log-groups',
    'log groups',
    async () => {
      const option = 'log-group-name-prefix';
      const groups = await all<Record<'logGroupName', string>>(
        'logGroups',
        'logs describe-log-groups',
        option,
        clusterNames.map(logGroupPrefix),
      );
      return groups.map(({ logGroupName }) => logGroupName);
    },
    'a last line of a log made the group again, without retention: `aws logs delete-log-group` deletes it',
  );
  await check(
    'gone-network-interfaces',
    'network interfaces',
    async () => {
      const filters = [
        ...clusterNames.map((name) => `Name=description,Values=Amazon EKS ${name}`),
        ...idsOf('AWS::EC2::VPC').map((id) => `Name=vpc-id,Values=${id}`),
      ];
      type Interface = Record<'NetworkInterfaceId' | 'Description', string>;
      const found = await all<Interface>(
        'NetworkInterfaces',
        'ec2 describe-network-interfaces',
        'filters',
        filters,
      );
      return found.map(({ NetworkInterfaceId, Description }) => `${NetworkInterfaceId} (${Description})`);
    },
    'AWS releases those of Lambda and EKS within the hour; one that stays keeps the VPC from being deleted',
  );
  await check(
    'gone-elastic-ips',
    'elastic IPs',
    async () => {
      const filters = stackNames.map((name) => `Name=tag:aws:cloudformation:stack-name,Values=${name}`);
      type Address = Record<'AllocationId' | 'PublicIp', string>;
      const found = await all<Address>('Addresses', 'ec2 describe-addresses', 'filters', filters);
      return found.map(({ AllocationId, PublicIp }) => `${AllocationId} (${PublicIp})`);
    },
    'the NAT gateway that had it is still being deleted, or somebody kept it: it is billed until it is released',
  );
  return judged.results;
}

/** Those that are still there, each with what is known of it. */
async function present(
  names: readonly string[],
  find: (name: string) => Promise<string | undefined>,
): Promise<readonly string[]> {
  const found = await Promise.all(names.map(async (name) => ({ name, known: await find(name) })));
  return found.flatMap(({ name, known }) => (known === undefined ? [] : [`${name} (${known})`]));
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
