import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import {
  EC2Client,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  type Route,
  type RouteTable,
  type RouteTableAssociation,
  type Subnet,
} from '@aws-sdk/client-ec2';
import { DescribeClusterCommand, DescribeFargateProfileCommand, EKSClient } from '@aws-sdk/client-eks';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { awsProblem } from './aws-problem';
import { CouldNotLook } from './could-not-look';
import { readDeployedStack, type DeployedStack, type StackDescription } from './deployed-stack';
import { observe } from './observation';
import type {
  Observation,
  ObservedPolicy,
  ObservedProfile,
  ObservedRole,
  ObservedRoute,
  ObservedSubnet,
} from './observed';

/** The API server of a cluster, as Amazon EKS describes it. */
export interface ClusterEndpoint {
  readonly clusterName: string;
  /** URL of the API server. */
  readonly url: string;
  /** CIDR blocks that may reach it from outside the VPC; none means that it is private. */
  readonly publicCidrs: readonly string[];
}

/**
 * Reads what the checks need from AWS. Describes, gets and lists; changes nothing.
 *
 * Credentials, region and endpoints come from the environment and the shared configuration, as for every AWS
 * tool: AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE> are honored by the SDK itself.
 */
export class AwsReader {
  private readonly cloudFormation: CloudFormationClient;
  private readonly ec2: EC2Client;
  private readonly eks: EKSClient;
  private readonly iam: IAMClient;

  constructor(private readonly region: string | undefined) {
    const options = {
      ...(region === undefined ? {} : { region }),
      // Someone waits for the answer: give up after seconds, not after the SDK's minutes.
      maxAttempts: 2,
      requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    };
    this.cloudFormation = new CloudFormationClient(options);
    this.ec2 = new EC2Client(options);
    this.eks = new EKSClient(options);
    this.iam = new IAMClient(options);
  }

  /** @throws CouldNotLook if there is no such stack, or no way to ask */
  async stack(name: string): Promise<DeployedStack> {
    const stack = await this.ask('cloudformation:DescribeStacks', () =>
      this.cloudFormation.send(new DescribeStacksCommand({ StackName: name })),
    ).then(
      ({ Stacks }) => Stacks?.[0],
      // CloudFormation has no error of its own for it: "Stack with id X does not exist".
      unless('ValidationError', undefined),
    );
    if (stack === undefined) {
      throw new CouldNotLook(
        `there is no stack ${name} in region ${await this.regionInUse()}`,
        'Deploy it (npx cdk deploy), or set AWS_PROFILE and AWS_REGION to where it is',
      );
    }
    return readDeployedStack(describeStack(stack));
  }

  /** @throws CouldNotLook if there is no such cluster, or no way to ask */
  async clusterEndpoint(name: string): Promise<ClusterEndpoint> {
    const cluster = await this.ask('eks:DescribeCluster', () =>
      this.eks.send(new DescribeClusterCommand({ name })),
    ).then(({ cluster: found }) => found, unless('ResourceNotFoundException', null));
    if (cluster === null) {
      throw new CouldNotLook(
        `the stack made a cluster ${name}, and region ${await this.regionInUse()} has none`,
        'Someone deleted it by hand: destroy the stack and deploy it again',
      );
    }
    if (cluster?.endpoint === undefined) {
      throw new CouldNotLook(
        `cluster ${name} has no API server yet: its status is ${cluster?.status ?? 'unknown'}`,
        'Look again when it is ACTIVE',
      );
    }
    const { endpointPublicAccess = false, publicAccessCidrs = [] } = cluster.resourcesVpcConfig ?? {};
    return {
      clusterName: name,
      url: cluster.endpoint,
      publicCidrs: endpointPublicAccess ? publicAccessCidrs : [],
    };
  }

  async role(arn: string): Promise<Observation<ObservedRole | null>> {
    const RoleName = arn.slice(arn.lastIndexOf('/') + 1);
    return observe(async () => {
      const role = await this.ask('iam:GetRole', () => this.iam.send(new GetRoleCommand({ RoleName }))).then(
        ({ Role }) => Role,
        unless('NoSuchEntityException', null),
      );
      if (role === null) {
        return null;
      }
      const attached = await this.ask('iam:ListAttachedRolePolicies', () =>
        collect(
          paginateListAttachedRolePolicies({ client: this.iam }, { RoleName }),
          (page) => page.AttachedPolicies,
        ),
      );
      const names = await this.ask('iam:ListRolePolicies', () =>
        collect(paginateListRolePolicies({ client: this.iam }, { RoleName }), (page) => page.PolicyNames),
      );
      const inlinePolicies: ObservedPolicy[] = [];
      for (const PolicyName of names) {
        const { PolicyDocument } = await this.ask('iam:GetRolePolicy', () =>
          this.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
        );
        inlinePolicies.push({ name: PolicyName, document: parsePolicy(PolicyDocument) });
      }
      return {
        arn: role?.Arn ?? '',
        trustPolicy: parsePolicy(role?.AssumeRolePolicyDocument),
        attachedPolicies: attached.map(({ PolicyArn = '' }) => PolicyArn),
        inlinePolicies,
      };
    });
  }

  async profile(clusterName: string, name: string): Promise<Observation<ObservedProfile | null>> {
    return observe(async () => {
      const profile = await this.ask('eks:DescribeFargateProfile', () =>
        this.eks.send(new DescribeFargateProfileCommand({ clusterName, fargateProfileName: name })),
      ).then(({ fargateProfile }) => fargateProfile, unless('ResourceNotFoundException', null));
      if (profile === null) {
        return null;
      }
      return {
        status: profile?.status ?? '',
        podExecutionRoleArn: profile?.podExecutionRoleArn ?? '',
        selectors: (profile?.selectors ?? []).map(({ namespace = '', labels = {} }) => ({
          namespace,
          labels,
        })),
        subnetIds: profile?.subnets ?? [],
        healthIssues: (profile?.health?.issues ?? []).map(
          ({ code = '', message = '' }) => `${code}: ${message}`,
        ),
      };
    });
  }

  /** The subnets that exist of those asked for, each with the routes that apply to it. */
  async subnets(ids: readonly string[]): Promise<Observation<readonly ObservedSubnet[]>> {
    return observe(async () => {
      // Filters, because an unknown ID in SubnetIds is an error that hides the other subnets.
      const subnets = await this.ask('ec2:DescribeSubnets', () =>
        collect(
          paginateDescribeSubnets(
            { client: this.ec2 },
            { Filters: [{ Name: 'subnet-id', Values: [...ids] }] },
          ),
          (page) => page.Subnets,
        ),
      );
      const vpcIds = [...new Set(subnets.map(({ VpcId = '' }) => VpcId))];
      const tables = await this.ask('ec2:DescribeRouteTables', () =>
        collect(
          paginateDescribeRouteTables(
            { client: this.ec2 },
            { Filters: [{ Name: 'vpc-id', Values: vpcIds }] },
          ),
          (page) => page.RouteTables,
        ),
      );
      return subnets.map((subnet) => describeSubnet(subnet, tables));
    });
  }

  private async ask<T>(action: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw awsProblem(error, action, await this.regionInUse());
    }
  }

  /** `undefined` if no region is configured: the problem that then arises is about something else. */
  private async regionInUse(): Promise<string | undefined> {
    return this.region ?? this.cloudFormation.config.region().catch(() => undefined);
  }
}

/** That something is not there is an answer too. */
function unless<T>(notFound: string, answer: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof CouldNotLook && error.code === notFound) {
      return answer;
    }
    throw error;
  };
}

async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []));
  }
  return items;
}

function describeStack({ StackId = '', StackName = '', StackStatus, Outputs = [] }: Stack): StackDescription {
  const outputs = Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const);
  return { id: StackId, name: StackName, status: StackStatus ?? '', outputs: Object.fromEntries(outputs) };
}

/** IAM hands policies out URL-encoded. */
function parsePolicy(document: string | undefined): unknown {
  return JSON.parse(decodeURIComponent(document ?? 'null'));
}

function describeSubnet(subnet: Subnet, tables: readonly RouteTable[]): ObservedSubnet {
  const associatedWith = (matches: (association: RouteTableAssociation) => boolean) =>
    tables.find(({ VpcId, Associations = [] }) => VpcId === subnet.VpcId && Associations.some(matches));
  // A subnet without an association of its own uses the main route table of its VPC.
  const table =
    associatedWith(({ SubnetId }) => SubnetId === subnet.SubnetId) ??
    associatedWith(({ Main }) => Main === true);
  return {
    id: subnet.SubnetId ?? '',
    zone: subnet.AvailabilityZone ?? '',
    routeTable: table?.RouteTableId ?? 'no route table',
    routes: (table?.Routes ?? []).map(describeRoute),
  };
}

function describeRoute(route: Route): ObservedRoute {
  return {
    destination:
      route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? '',
    target:
      route.GatewayId ??
      route.NatGatewayId ??
      route.EgressOnlyInternetGatewayId ??
      route.TransitGatewayId ??
      route.VpcPeeringConnectionId ??
      route.NetworkInterfaceId ??
      'another target',
    isDead: route.State === 'blackhole',
  };
}
