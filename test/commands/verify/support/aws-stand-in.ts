import type { CouldNotLook } from '../../../../lib/commands/could-not-look';
import { awsProblem, type Aws } from '../../../../lib/commands/verify/aws-cli';
import type { FargatePlan } from '../../../../lib/synthesis/fargate-plan';

export const account = '111122223333';
export const region = 'us-west-2';

export interface RoleInAws {
  Arn: string;
  AssumeRolePolicyDocument: unknown;
  attached: string[];
  inline: Record<string, unknown>;
}

export interface ProfileInAws {
  status: string;
  podExecutionRoleArn: string;
  selectors: { namespace: string; labels?: Record<string, string> }[];
  subnets: string[];
  health: { issues: { code: string; message: string }[] };
}

export interface SubnetInAws {
  SubnetId: string;
  VpcId: string;
  AvailabilityZone: string;
  routes: Record<string, string | undefined>[];
}

/** What AWS has. Tests change one thing at a time. */
export interface AwsState {
  stacks: {
    StackId: string;
    StackName: string;
    StackStatus: string;
    Outputs: { OutputKey: string; OutputValue: string }[];
  }[];
  /** Of stacks that are gone, with the resources that they had. */
  deleted: { StackId: string; StackName: string; DeletionTime: string }[];
  resources: { LogicalResourceId: string; PhysicalResourceId: string; ResourceType: string }[];
  cluster?: {
    status: string;
    version: string;
    endpoint?: string;
    resourcesVpcConfig: { endpointPublicAccess: boolean; publicAccessCidrs: string[] };
  };
  profiles: Record<string, ProfileInAws>;
  roles: Record<string, RoleInAws>;
  subnets: SubnetInAws[];
  quota: number;
  logGroups: string[];
  networkInterfaces: { NetworkInterfaceId: string; Description: string; VpcId: string }[];
  addresses: { AllocationId: string; PublicIp: string }[];
}

/** The statement of the trust policy, as CloudFormation deploys it. */
export const trust = (cluster: string) => ({
  Effect: 'Allow',
  Principal: { Service: 'eks-fargate-pods.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:eks:${region}:${account}:fargateprofile/${cluster}/*` } },
});

/** The statement of the inline policy, as CloudFormation deploys it: the ARN of a log group ends with `:*`. */
export const logPermissions = (logGroup: string, actions: readonly string[]) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: `arn:aws:logs:${region}:${account}:log-group:${logGroup}:*`,
});

const issuer = `oidc.eks.${region}.amazonaws.com/id/ABC`;
const provider = `arn:aws:iam::${account}:oidc-provider/${issuer}`;

/** The statement of the trust policy of a ServiceAccount's role, as CloudFormation deploys it. */
export const accountTrust = (namespace: string, name: string) => ({
  Effect: 'Allow',
  Principal: { Federated: provider },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: {
    StringEquals: {
      [`${issuer}:aud`]: 'sts.amazonaws.com',
      [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${name}`,
    },
  },
});

/** ARN of a role. */
export const arnOf = (name: string) => `arn:aws:iam::${account}:role/${name}`;

/** A policy document with some statements. */
export function policy(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

export interface HealthyAws {
  readonly stackName: string;
  readonly variant: string | undefined;
  readonly logGroup: string;
  readonly logActions: readonly string[];
}

/** AWS as a deploy of the plan leaves it. */
export function healthyAws(
  plan: FargatePlan,
  { stackName, variant, logGroup, logActions }: HealthyAws,
): AwsState {
  const { clusterName } = plan;
  const roleNames = plan.profiles.map(({ name }) => `${stackName}-${name}-kq0Zb1`);
  const subnetIds = (plan.profiles[0]?.subnets ?? []).map((subnet, index) =>
    typeof subnet === 'string' ? subnet : `subnet-0${'abc'[index]}`,
  );
  const accounts = plan.serviceAccounts.map((one) => ({ ...one, roleName: `${one.namespace}-${one.name}` }));
  return {
    stacks: [
      {
        StackId: `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/1`,
        StackName: stackName,
        StackStatus: 'UPDATE_COMPLETE',
        Outputs: variant === undefined ? [] : [{ OutputKey: 'Variant', OutputValue: variant }],
      },
    ],
    deleted: [],
    resources: [
      ...plan.profiles.flatMap(({ podExecutionRole, name }, index) => [
        resource(podExecutionRole.logicalId, roleNames[index]!, 'AWS::IAM::Role'),
        // `Ref` of a profile has both parts of its identifier: nobody may read a name from it.
        resource(
          `${podExecutionRole.logicalId}Profile`,
          `${clusterName}|${name}`,
          'AWS::EKS::FargateProfile',
        ),
      ]),
      ...(plan.profiles[0]?.subnets ?? []).flatMap((subnet, index) =>
        typeof subnet === 'string' ? [] : [resource(subnet.logicalId, subnetIds[index]!, 'AWS::EC2::Subnet')],
      ),
      ...logGroupIds(plan).map((id) => resource(id, logGroup, 'AWS::Logs::LogGroup')),
      ...accounts.flatMap(({ role, roleName }) => [
        resource(role.logicalId, roleName, 'AWS::IAM::Role'),
        resource(idIn(role.trustPolicy), provider, 'AWS::IAM::OIDCProvider'),
      ]),
      resource('Vpc', 'vpc-0a', 'AWS::EC2::VPC'),
    ],
    cluster: {
      status: 'ACTIVE',
      version: plan.kubernetesVersion,
      endpoint: 'https://ABC.gr7.us-west-2.eks.amazonaws.com',
      // A private endpoint still has ranges.
      resourcesVpcConfig: { endpointPublicAccess: false, publicAccessCidrs: ['0.0.0.0/0'] },
    },
    profiles: Object.fromEntries(
      plan.profiles.map(({ name, selectors }, index) => [
        name,
        {
          status: 'ACTIVE',
          podExecutionRoleArn: arnOf(roleNames[index]!),
          selectors: structuredClone(selectors) as ProfileInAws['selectors'],
          subnets: subnetIds.toReversed(),
          health: { issues: [] },
        },
      ]),
    ),
    roles: Object.fromEntries([
      ...roleNames.map((name): [string, RoleInAws] => [
        name,
        {
          Arn: arnOf(name),
          AssumeRolePolicyDocument: policy(trust(clusterName)),
          attached: ['arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy'],
          inline: { PodLogs: policy(logPermissions(logGroup, logActions)) },
        },
      ]),
      ...accounts.map(({ namespace, name, role, roleName }): [string, RoleInAws] => [
        roleName,
        {
          Arn: arnOf(roleName),
          AssumeRolePolicyDocument: policy(accountTrust(namespace, name)),
          attached: [],
          inline: Object.fromEntries(
            role.inlinePolicies.map((document, index) => [`Policy${index}`, asDeployed(document)]),
          ),
        },
      ]),
    ]),
    subnets: subnetIds.map((SubnetId, index) => ({
      SubnetId,
      VpcId: 'vpc-0a',
      AvailabilityZone: `${region}${'abc'[index]}`,
      routes: [
        { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' },
        { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: `nat-0${index}`, State: 'active' },
      ],
    })),
    quota: 64,
    logGroups: [],
    networkInterfaces: [],
    addresses: [],
  };
}

function resource(LogicalResourceId: string, PhysicalResourceId: string, ResourceType: string) {
  return { LogicalResourceId, PhysicalResourceId, ResourceType };
}

/** Logical ID of the first reference. */
function idIn(value: unknown): string {
  return /"Ref":"([^"]+)"/u.exec(JSON.stringify(value))?.[1] ?? '';
}

const pseudoParameters = {
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::AccountId': account,
} as const;

/** A part of a template as CloudFormation deploys it; resources have ARNs of the stand-in's own. */
function asDeployed(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, part: unknown) => {
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = (part ?? {}) as Record<string, string[]>;
    const id = String(Ref ?? attribute?.[0]);
    if (Ref ?? attribute) {
      return pseudoParameters[id as keyof typeof pseudoParameters] ?? `arn:aws:x:${region}:${account}:${id}`;
    }
    return join ? (asDeployed(join[1]) as string[]).join(String(join[0])) : part;
  });
  return JSON.parse(text);
}

/** Logical IDs of what the inline policies refer to. */
function logGroupIds({ profiles }: FargatePlan): readonly string[] {
  const text = JSON.stringify(profiles.map(({ podExecutionRole }) => podExecutionRole.inlinePolicies));
  return [...new Set([...text.matchAll(/"Fn::GetAtt":\["([^"]+)","Arn"\]/gu)].map(([, id = '']) => id))];
}

/**
 * AWS, as its CLI answers.
 *
 * @param errors error codes by operation, for example `{ 'iam get-role': 'AccessDenied' }`.
 * @param asked gets every operation that is called.
 */
export function awsStandIn(
  state: () => AwsState,
  errors: Readonly<Record<string, string>>,
  asked: string[],
): Aws {
  return async <T>(operation: string, options: Readonly<Record<string, string>>) => {
    asked.push(operation);
    const code = errors[operation];
    if (code !== undefined) {
      throw refuse(code, operation, 'said by the stand-in');
    }
    return structuredClone(answerTo(operation, options, state())) as T;
  };
}

function refuse(code: string, operation: string, message: string): CouldNotLook {
  const name = (operation.split(' ')[1] ?? '').replaceAll(/(?:^|-)(\w)/gu, (_, letter: string) =>
    letter.toUpperCase(),
  );
  return awsProblem(`\nAn error occurred (${code}) when calling the ${name} operation: ${message}\n`);
}

function answerTo(operation: string, options: Readonly<Record<string, string>>, state: AwsState): object {
  const missing = (code: string, message: string): never => {
    throw refuse(code, operation, message);
  };
  const stackName = options['stack-name'];
  const role = state.roles[options['role-name'] ?? ''];
  switch (operation) {
    case 'cloudformation describe-stacks': {
      const stack = state.stacks.find(({ StackName }) => StackName === stackName);
      return stack
        ? { Stacks: [stack] }
        : missing('ValidationError', `Stack with id ${stackName} does not exist`);
    }
    case 'cloudformation list-stacks':
      return { StackSummaries: state.deleted };
    case 'cloudformation list-stack-resources': {
      // Of all that were deleted, only the last had what is looked for.
      const isLive = state.stacks.some((one) => [one.StackName, one.StackId].includes(stackName!));
      return { StackResourceSummaries: isLive || stackName === 'arn:last' ? state.resources : [] };
    }
    case 'eks describe-cluster':
      return state.cluster
        ? { cluster: state.cluster }
        : missing('ResourceNotFoundException', 'No cluster found');
    case 'eks describe-fargate-profile': {
      const fargateProfile = state.profiles[options['fargate-profile-name'] ?? ''];
      return fargateProfile
        ? { fargateProfile }
        : missing('ResourceNotFoundException', 'No Fargate Profile found');
    }
    case 'iam get-role':
      return role
        ? { Role: { Arn: role.Arn, AssumeRolePolicyDocument: role.AssumeRolePolicyDocument } }
        : missing('NoSuchEntity', 'The role cannot be found');
    case 'iam list-attached-role-policies':
      return { AttachedPolicies: role?.attached.map((PolicyArn) => ({ PolicyArn })) };
    case 'iam list-role-policies':
      return { PolicyNames: Object.keys(role?.inline ?? {}) };
    case 'iam get-role-policy':
      return {
        PolicyName: options['policy-name'],
        PolicyDocument: role?.inline[options['policy-name'] ?? ''],
      };
    case 'ec2 describe-subnets':
      return { Subnets: state.subnets.filter(({ SubnetId }) => options['filters']?.includes(SubnetId)) };
    case 'ec2 describe-route-tables':
      return { RouteTables: routeTables(state) };
    case 'service-quotas get-service-quota':
      return { Quota: { Value: state.quota } };
    case 'logs describe-log-groups':
      return { logGroups: state.logGroups.map((logGroupName) => ({ logGroupName })) };
    case 'ec2 describe-network-interfaces':
      return { NetworkInterfaces: state.networkInterfaces };
    case 'ec2 describe-addresses':
      return { Addresses: state.addresses };
    default:
      return missing('InvalidAction', `the stand-in does not know ${operation}`);
  }
}

/** The last subnet has no association of its own: the main route table applies to it. Another VPC has one, too. */
function routeTables({ subnets }: AwsState): readonly object[] {
  const last = subnets.length - 1;
  return [
    { RouteTableId: 'rtb-other', VpcId: 'vpc-0b', Associations: [{ Main: true }], Routes: [] },
    ...subnets.map(({ SubnetId, VpcId, routes }, index) => ({
      RouteTableId: `rtb-0${index}`,
      VpcId,
      Associations: [index === last ? { Main: true } : { Main: false, SubnetId }],
      Routes: routes,
    })),
  ];
}
