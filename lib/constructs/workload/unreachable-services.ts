import { Annotations, Aspects, Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/**
 * The endpoint of a service, by the prefix of its IAM actions. Only services that the pod itself has to call: not KMS, which
 * other services call in its name, and not EFS, which is mounted. S3 and DynamoDB have gateway endpoints.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const endpointOfPrefix: Readonly<Record<string, string>> = {
  athena: 'athena',
  cloudwatch: 'monitoring',
  ec2: 'ec2',
  elasticloadbalancing: 'elasticloadbalancing',
  events: 'events',
  firehose: 'kinesis-firehose',
  kinesis: 'kinesis-streams',
  lambda: 'lambda',
  logs: 'logs',
  secretsmanager: 'secretsmanager',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  states: 'states',
  sts: 'sts',
  xray: 'xray',
};

interface PolicyDocument {
  readonly Statement: ReadonlyArray<{
    readonly Effect: string;
    readonly Action?: string | readonly string[];
  }>;
}

/**
 * Warns of permissions for services that a VPC without a way to the internet has no endpoint of: the calls of the pods
 * would wait until they time out.
 *
 * A warning, because the permission may be for what the pods do not call. Of an existing VPC nothing is said: its endpoints
 * are not known here.
 *
 * @param pods has the policies in it, and gets the warning.
 * @param subject the pods, in words.
 */
export function warnOfUnreachableServices(pods: IConstruct, subject: string, vpc: IVpc): void {
  if (!(vpc instanceof Vpc)) {
    return;
  }
  Aspects.of(pods).add({
    visit: (node) => {
      if (node !== pods) {
        return;
      }
      const reachable = endpointNames(pods, vpc);
      for (const service of calledServices(pods)) {
        if (!reachable.some((name) => name.includes(`.${service}"`))) {
          Annotations.of(pods).addWarningV2(
            `eks-fargate:no-endpoint-${service}`,
            `${subject}: has permissions for ${service}, and the VPC has no way to it: calls would time out. Add to the stack: new ec2.InterfaceVpcEndpoint(this, '${service}', { vpc: this.network.vpc, service: new ec2.InterfaceVpcEndpointAwsService('${service}') }).`,
          );
        }
      }
    },
  });
}

/** The names of the services that the VPC has endpoints of, as JSON. */
function endpointNames(scope: IConstruct, vpc: IVpc): readonly string[] {
  return scope.node.root.node
    .findAll()
    .filter((construct) => construct instanceof CfnVPCEndpoint && construct.vpcId === vpc.vpcId)
    .map((endpoint) => JSON.stringify(Stack.of(scope).resolve((endpoint as CfnVPCEndpoint).serviceName)));
}

/** What the policies allow actions of, by the names of the endpoints. */
function calledServices(scope: IConstruct): ReadonlySet<string> {
  const services = scope.node
    .findAll()
    .filter((construct) => construct instanceof CfnPolicy)
    .map((policy) => Stack.of(scope).resolve(policy.policyDocument) as PolicyDocument)
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Effect, Action }) => (Effect === 'Allow' ? (Action ?? []) : []))
    .map((action) => endpointOfPrefix[action.split(':', 1)[0]!]);
  return new Set(services.filter((service) => service !== undefined));
}
