import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding that stands, and why. */
export interface AcknowledgedFinding {
  /** Full ID of the rule, as the tool prints it. */
  readonly id: string;
  /** Why it does not apply here, or costs more than it gives. */
  readonly reason: string;
  /** Paths of the resources, from the construct that acknowledges. */
  readonly at: readonly string[];
}

const awsPolicy = (name: string) => `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`;

const inlinePolicy = {
  id: 'NIST.800.53.R5-IAMNoInlinePolicy',
  reason:
    'Inline on purpose: made for this one role, it cannot be attached to another, and goes when the role goes.',
};
const vpcFunction =
  'The policy of AWS for a function in a VPC. Its actions on network interfaces know no narrower resource.';

/** In lib/constructs/network/network.ts. */
export const networkFindings: readonly AcknowledgedFinding[] = [
  {
    id: 'NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW',
    reason: 'The public subnets hold nothing but the NAT gateways, which are what needs the route.',
    at: ['1', '2', '3', '4', '5', '6'].map((zone) => `Vpc/PublicSubnet${zone}/DefaultRoute`),
  },
  { ...inlinePolicy, at: ['FlowLogRole/DefaultPolicy/Resource'] },
];

/** In lib/constructs/cluster/pod-execution-role.ts. */
export const podExecutionRoleFindings: readonly AcknowledgedFinding[] = [
  {
    id: awsPolicy('AmazonEKSFargatePodExecutionRolePolicy'),
    reason: 'EKS documents this policy for the role, and AWS extends it when Fargate needs more.',
    at: ['Resource'],
  },
  { ...inlinePolicy, at: ['Resource'] },
];

const provider = 'Resource/KubectlProvider';
const onEvent = `${provider}/Provider/framework-onEvent`;

/** In lib/constructs/cluster/fargate-only-cluster.ts and what it makes. */
export const clusterFindings: readonly AcknowledgedFinding[] = [
  {
    id: 'CloudFormation-Validate::W9009',
    reason: 'aws-cdk-lib sets the deprecated property EncryptionConfig.Resources; its only value is secrets.',
    at: ['Resource/Resource'],
  },
  {
    id: awsPolicy('AmazonEKSClusterPolicy'),
    reason: 'EKS documents this policy for the role, and AWS extends it when the control plane needs more.',
    at: ['Role/Resource'],
  },
  {
    id: awsPolicy('service-role/AWSLambdaVPCAccessExecutionRole'),
    reason: vpcFunction,
    at: ['KubectlRole/Resource', `${onEvent}/ServiceRole/Resource`],
  },
  {
    id: awsPolicy('service-role/AWSLambdaBasicExecutionRole'),
    reason: 'The role is made inside aws-cdk-lib, which takes no other. The policy writes logs, no more.',
    at: [`${onEvent}/ServiceRole/Resource`],
  },
  {
    // It holds the logical ID of the function: a cluster that is not called "Cluster" has another.
    id: 'AwsSolutions-IAM5[Resource::<ClusterKubectlProviderHandler27822AE4.Arn>:*]',
    reason: 'The wildcard stands for versions and aliases of the one function that may be invoked.',
    at: [`${onEvent}/ServiceRole/DefaultPolicy/Resource`],
  },
  {
    id: 'AwsSolutions-L1',
    reason: 'The runtime is that which aws-cdk-lib tests its handler with; it moves with aws-cdk-lib.',
    at: [`${provider}/Handler/Resource`],
  },
  {
    id: 'NIST.800.53.R5-LambdaConcurrency',
    reason:
      'Runs only during a deployment. Reserved concurrency would be taken from the account all the time.',
    at: [`${provider}/Handler/Resource`, `${onEvent}/Resource`],
  },
  {
    id: 'NIST.800.53.R5-LambdaDLQ',
    reason: 'CloudFormation waits for the answer and fails the deployment: no event is lost unnoticed.',
    at: [`${provider}/Handler/Resource`, `${onEvent}/Resource`],
  },
  {
    ...inlinePolicy,
    at: [
      'Role/DefaultPolicy/Resource',
      'KubectlRole/Resource',
      `${onEvent}/ServiceRole/DefaultPolicy/Resource`,
      'Access/AdminRole/DefaultPolicy/Resource',
    ],
  },
];

/**
 * Acknowledges findings under a construct, for CDK's validation engine and for every run of cdk-nag.
 *
 * A path that a setting leaves out, such as that of a VPC where one is given, is skipped.
 */
export function acknowledge(scope: IConstruct, findings: readonly AcknowledgedFinding[]): void {
  for (const { id, reason, at } of findings) {
    for (const path of at) {
      const resource = find(scope, path);
      if (resource) {
        Validations.of(resource).acknowledge({ id, reason });
      }
    }
  }
}

function find(scope: IConstruct, path: string): IConstruct | undefined {
  return path
    .split('/')
    .reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), scope);
}
