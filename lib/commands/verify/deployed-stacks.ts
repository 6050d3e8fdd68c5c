import type { PlannedResource } from '../../synthesis/planned-role';
import { CouldNotLook } from '../could-not-look';
import { find, list, type Aws } from './aws-cli';

/** A stack, as CloudFormation describes it. */
export interface Stack {
  /** `arn:PARTITION:cloudformation:REGION:ACCOUNT:stack/NAME/ID` */
  readonly StackId: string;
  readonly StackName: string;
  readonly StackStatus: string;
  readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
}

/** A resource of a stack. */
export interface StackResource {
  readonly LogicalResourceId: string;
  /** What `Ref` gives: for a role, its name. */
  readonly PhysicalResourceId?: string;
  /** For example `AWS::IAM::Role`. */
  readonly ResourceType: string;
}

/** The stacks of an environment, and where they are. */
export interface DeployedStacks {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly stacks: readonly Stack[];
  readonly resource: (planned: PlannedResource) => StackResource | undefined;
  /** Value of the output `Variant`; undefined where no stack has it. */
  readonly variant: string | undefined;
}

/** @param nameOrId of a stack. Of one that was deleted, CloudFormation knows the ID only. */
export async function findStack(aws: Aws, nameOrId: string): Promise<Stack | undefined> {
  const options = { 'stack-name': nameOrId };
  return (await find<readonly Stack[]>(aws, 'Stacks', 'cloudformation describe-stacks', options))?.[0];
}

/** The resources of a stack, also of one that was deleted. */
export async function stackResources(aws: Aws, nameOrId: string): Promise<readonly StackResource[]> {
  const options = { 'stack-name': nameOrId };
  return list(aws, 'StackResourceSummaries', 'cloudformation list-stack-resources', options);
}

/**
 * Reads the stacks of an environment.
 *
 * @throws CouldNotLook if one does not exist, or there is no way to ask.
 */
export async function readDeployedStacks(aws: Aws, names: readonly string[]): Promise<DeployedStacks> {
  const found = await Promise.all(
    names.map(async (stackName) => {
      const stack = await findStack(aws, stackName);
      if (stack === undefined) {
        throw new CouldNotLook(
          `there is no stack ${stackName} in this account and region`,
          'Deploy it (npx cdk deploy), or set AWS_PROFILE and AWS_REGION to where it is',
        );
      }
      const resources = await stackResources(aws, stackName);
      return { stack, resources: resources.map((resource) => ({ ...resource, stackName })) };
    }),
  );
  const stacks = found.map(({ stack }) => stack);
  const resources = found.flatMap((one) => one.resources);
  const [, partition = '', , region = '', account = ''] = stacks[0]?.StackId.split(':') ?? [];
  const outputs = stacks.flatMap(({ Outputs = [] }) => Outputs);
  return {
    partition,
    region,
    account,
    stacks,
    resource: ({ stackName, logicalId }) =>
      resources.find((one) => one.LogicalResourceId === logicalId && one.stackName === stackName),
    variant: outputs.find(({ OutputKey }) => OutputKey === 'Variant')?.OutputValue,
  };
}

/** Stands for a part that only CloudFormation knows. */
export const anything = '\uFFFC';

/** A part of the template of a stack with its intrinsic functions replaced by what they give in the deployed stack. */
export function evaluate(value: unknown, stackName: string, deployed: DeployedStacks): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => evaluate(item, stackName, deployed));
  }
  const entries = Object.entries(value).map(
    ([key, item]) => [key, evaluate(item, stackName, deployed)] as const,
  );
  const [[name, argument] = ['', undefined]] = entries;
  return entries.length === 1 && /^(Ref$|Fn::)/u.test(name)
    ? call(name, [argument].flat(), stackName, deployed)
    : Object.fromEntries(entries);
}

function call(
  name: string,
  [first, second]: readonly unknown[],
  stackName: string,
  deployed: DeployedStacks,
): unknown {
  const { partition, region, account } = deployed;
  const { ResourceType, PhysicalResourceId = anything } =
    deployed.resource({ stackName, logicalId: String(first) }) ?? {};
  if (name === 'Ref') {
    const pseudo = { 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': account };
    return pseudo[first as keyof typeof pseudo] ?? PhysicalResourceId;
  }
  if (name === 'Fn::GetAtt' && second === 'Arn' && ResourceType === 'AWS::Logs::LogGroup') {
    return `arn:${partition}:logs:${region}:${account}:log-group:${PhysicalResourceId}:*`;
  }
  switch (name) {
    case 'Fn::Join':
      return (second as readonly unknown[]).join(String(first));
    case 'Fn::Split':
      return String(second).split(String(first));
    case 'Fn::Select':
      return (second as readonly unknown[])[Number(first)] ?? anything;
    default:
      return anything;
  }
}
