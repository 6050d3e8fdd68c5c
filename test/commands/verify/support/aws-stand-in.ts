import { json, startStandIn, type Answer, type StandIn } from './stand-in';
import {
  account,
  clusterName,
  logGroup,
  profileName,
  region,
  roleArn,
  subnetIds,
  type State,
} from './states';

export interface AwsStandInOptions {
  readonly state: () => State;
  /** Value of the stack output Variant; `null`: there is no stack. */
  readonly variant: string | null;
  /** The API server of the cluster. */
  readonly endpoint: string;
  /** @default the endpoint is private */
  readonly publicCidrs?: readonly string[];
  /** Error codes by action, e.g. `{ GetRole: 'AccessDenied' }`. */
  readonly errors?: Readonly<Record<string, string>>;
}

/**
 * CloudFormation, EC2, EKS and IAM behind one URL, in the protocols that the AWS SDK speaks with them: query with
 * XML, and REST with JSON for EKS. Lists come in two pages, the first without an item.
 */
export function startAws(options: AwsStandInOptions): Promise<StandIn> {
  return startStandIn((_request, url, body) => {
    const query = new URLSearchParams(body);
    const call = query.get('Action') ?? url.pathname;
    const code = options.errors?.[call];
    if (code === undefined) {
      return { call, answer: answerTo(call, query, options) };
    }
    return { call, answer: call.startsWith('/') ? restErrorAnswer(code) : errorAnswer(code) };
  });
}

function answerTo(call: string, query: URLSearchParams, options: AwsStandInOptions): Answer {
  const state = options.state();
  switch (call) {
    case 'DescribeStacks':
      return options.variant === null
        ? errorAnswer('ValidationError', `Stack with id ${query.get('StackName')} does not exist`)
        : xml(call, result(call, describeStacks(options.variant)));
    case 'GetRole':
      return xml(
        call,
        result(
          call,
          `<Role><Arn>${state.role.arn}</Arn><RoleName>r</RoleName><Path>/</Path><RoleId>AROA</RoleId><CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${urlEncoded(state.role.trustPolicy)}</AssumeRolePolicyDocument></Role>`,
        ),
      );
    case 'ListAttachedRolePolicies':
      return iamPages(
        call,
        query,
        'AttachedPolicies',
        state.role.attachedPolicies.map((arn) => `<PolicyArn>${arn}</PolicyArn>`),
      );
    case 'ListRolePolicies':
      return iamPages(
        call,
        query,
        'PolicyNames',
        state.role.inlinePolicies.map(({ name }) => name),
      );
    case 'GetRolePolicy': {
      const found = state.role.inlinePolicies.find(({ name }) => name === query.get('PolicyName'));
      return xml(call, result(call, `<PolicyDocument>${urlEncoded(found?.document)}</PolicyDocument>`));
    }
    case 'DescribeSubnets':
      return ec2Pages(
        call,
        query,
        'subnetSet',
        state.subnets.map(
          ({ id, zone }) =>
            `<subnetId>${id}</subnetId><vpcId>vpc-0a</vpcId><availabilityZone>${zone}</availabilityZone>`,
        ),
      );
    case 'DescribeRouteTables':
      return ec2Pages(call, query, 'routeTableSet', state.subnets.map(describeRouteTable));
    case `/clusters/${clusterName}`:
      return json({
        cluster: {
          name: clusterName,
          status: 'ACTIVE',
          endpoint: options.endpoint,
          resourcesVpcConfig: {
            endpointPublicAccess: options.publicCidrs !== undefined,
            // A private endpoint still has them.
            publicAccessCidrs: options.publicCidrs ?? ['0.0.0.0/0'],
          },
        },
      });
    case `/clusters/${clusterName}/fargate-profiles/${profileName}`:
      return json({
        fargateProfile: {
          fargateProfileName: profileName,
          status: state.profile.status,
          podExecutionRoleArn: state.profile.podExecutionRoleArn,
          selectors: state.profile.selectors,
          subnets: state.profile.subnetIds,
          health: {
            issues: state.profile.healthIssues.map((issue) => {
              const [code, message] = issue.split(': ');
              return { code, message };
            }),
          },
        },
      });
    default:
      return errorAnswer('InvalidAction', `the stand-in does not know ${call}`);
  }
}

function describeStacks(variant: string): string {
  const outputs = {
    ClusterName: clusterName,
    UpdateKubeconfigCommand: `aws eks update-kubeconfig --region ${region} --name ${clusterName} --role-arn arn:aws:iam::${account}:role/Admin`,
    FargateProfileName: profileName,
    PodExecutionRoleArn: roleArn,
    PrivateSubnetIds: subnetIds.join(','),
    LogGroupName: logGroup,
    Variant: variant,
  };
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<Stacks><member><StackName>CheckoutStack</StackName><StackId>arn:aws:cloudformation:${region}:${account}:stack/CheckoutStack/1</StackId><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>UPDATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks>`;
}

/** The last subnet has no association of its own: the main route table applies to it. */
function describeRouteTable({ id, routeTable, routes }: State['subnets'][number], index: number): string {
  const association = index === 2 ? '<main>true</main>' : `<main>false</main><subnetId>${id}</subnetId>`;
  const items = routes.map(({ destination, target, isDead }) => {
    const field = target.startsWith('nat-') ? 'natGatewayId' : 'gatewayId';
    return `<item><destinationCidrBlock>${destination}</destinationCidrBlock><${field}>${target}</${field}><state>${isDead ? 'blackhole' : 'active'}</state></item>`;
  });
  return `<routeTableId>${routeTable}</routeTableId><vpcId>vpc-0a</vpcId><associationSet><item>${association}</item></associationSet><routeSet>${items.join('')}</routeSet>`;
}

function iamPages(call: string, query: URLSearchParams, list: string, members: readonly string[]): Answer {
  const first = query.get('Marker') === null;
  const items = first ? '' : members.map((member) => `<member>${member}</member>`).join('');
  const more = first
    ? '<IsTruncated>true</IsTruncated><Marker>2</Marker>'
    : '<IsTruncated>false</IsTruncated>';
  return xml(call, result(call, `<${list}>${items}</${list}>${more}`));
}

function ec2Pages(call: string, query: URLSearchParams, list: string, members: readonly string[]): Answer {
  const first = query.get('NextToken') === null;
  const items = first ? '' : members.map((member) => `<item>${member}</item>`).join('');
  return xml(call, `<${list}>${items}</${list}>${first ? '<nextToken>2</nextToken>' : ''}`);
}

function xml(call: string, content: string): Answer {
  return { contentType: 'text/xml', body: `<${call}Response>${content}</${call}Response>` };
}

function result(call: string, content: string): string {
  return `<${call}Result>${content}</${call}Result>`;
}

function errorAnswer(code: string, message = `said by the stand-in`): Answer {
  return {
    status: 400,
    contentType: 'text/xml',
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  };
}

function restErrorAnswer(code: string): Answer {
  return json({ __type: code, message: 'said by the stand-in' }, 400);
}

function urlEncoded(document: unknown): string {
  return encodeURIComponent(JSON.stringify(document));
}
