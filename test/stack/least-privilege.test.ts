import { testTemplate } from '../support/test-stack';

const template = testTemplate();

/** What Lambda needs to run a function in a VPC. */
const networkInterfaceActions = new Set([
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
]);

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly ArnLike: Readonly<Record<string, unknown>> };
}
interface PolicyHolder {
  readonly PolicyDocument?: { readonly Statement: readonly Statement[] };
  readonly Policies?: ReadonlyArray<{
    readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  }>;
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

/** Every statement that the stack writes for a role of its own. */
const statements = ['AWS::IAM::Role', 'AWS::IAM::Policy']
  .flatMap((type) => Object.values(template.findResources(type)))
  .map(({ Properties }): PolicyHolder => Properties)
  .flatMap(({ PolicyDocument, Policies }) => [
    ...list(PolicyDocument),
    ...list(Policies).map((policy) => policy.PolicyDocument),
  ])
  .flatMap(({ Statement }) => Statement);

/** What stands for resources, as text: `<ref>` for what is known at deploy. */
function text(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const { 'Fn::Join': join, 'Fn::Sub': sub } = value as {
    'Fn::Join'?: [string, unknown[]];
    'Fn::Sub'?: string;
  };
  return join ? join[1].map(text).join(join[0]) : (sub ?? '<ref>');
}

/** The resources of the statements that allow something, but for the network interfaces, which know none. */
const allowed = statements.filter(
  ({ Effect, Action }) =>
    Effect === 'Allow' && !list(Action).every((action) => networkInterfaceActions.has(action)),
);

test('no statement is for every resource, or for every action of a service', () => {
  expect(allowed.length).toBeGreaterThan(7);
  for (const { Action, Resource } of allowed) {
    expect(list(Action).filter((action) => action.includes('*'))).toEqual([]);
    expect(list(Resource).map(text)).not.toContain('*');
  }
});

test('the only wildcard in a resource stands for the versions of one function', () => {
  const wildcards = allowed
    .flatMap(({ Resource }) => list(Resource).map(text))
    .filter((resource) => resource.includes('*'));
  expect(wildcards).toEqual(['<ref>:*']);
});

test('whoever may make network interfaces for Lambda is denied them in the code of the function', () => {
  const network = statements.filter(({ Action }) => list(Action).includes('ec2:CreateNetworkInterface'));
  expect(network.map(({ Effect }) => Effect)).toEqual(['Allow', 'Deny', 'Allow', 'Deny']);
  for (const [allow, deny] of [network.slice(0, 2), network.slice(2)]) {
    expect(deny).toMatchObject({ Action: allow!.Action, Resource: '*' });
    expect(text(deny!.Condition!.ArnLike['lambda:SourceFunctionArn'])).toBe(
      'arn:<ref>:lambda:<ref>:<ref>:function:*',
    );
  }
});

test('AWS’s own policies are the documented ones', () => {
  const attached = Object.values(template.findResources('AWS::IAM::Role'))
    .flatMap(({ Properties }) => list<unknown>(Properties.ManagedPolicyArns))
    .map((arn) => text(arn))
    .map((arn) => arn.replace(/.*\//u, ''));
  expect([...new Set(attached)].toSorted()).toEqual([
    'AWSLambdaBasicExecutionRole',
    'AmazonEKSClusterPolicy',
    'AmazonEKSFargatePodExecutionRolePolicy',
  ]);
});

test('a service that acts for many accounts may use a role for this one only', () => {
  const trusted = Object.values(template.findResources('AWS::IAM::Role')).flatMap(
    ({ Properties }) => Properties.AssumeRolePolicyDocument.Statement,
  );
  const sources = trusted
    .filter(
      ({ Principal }) => Principal.Service !== undefined && Principal.Service !== 'lambda.amazonaws.com',
    )
    .map(({ Principal, Condition }) => `${Principal.Service} ${text(Condition.ArnLike['aws:SourceArn'])}`);
  expect([...new Set(sources)].toSorted()).toEqual([
    'eks-fargate-pods.amazonaws.com arn:<ref>:eks:<ref>:<ref>:fargateprofile/TestStack/*',
    'eks.amazonaws.com arn:<ref>:eks:<ref>:<ref>:cluster/TestStack',
    'vpc-flow-logs.amazonaws.com arn:<ref>:ec2:<ref>:<ref>:vpc-flow-log/*',
  ]);
});

test('CloudWatch may use the key for the log groups of the cluster only', () => {
  const [key] = Object.values(template.findResources('AWS::KMS::Key'));
  const [, logs, ...more] = key!.Properties.KeyPolicy.Statement;
  expect(more).toEqual([]);
  expect(text(logs.Condition.ArnLike['kms:EncryptionContext:aws:logs:arn'])).toBe(
    'arn:<ref>:logs:<ref>:<ref>:log-group:/aws/eks/TestStack/*',
  );
});

test('nobody may assume a role but services', () => {
  const principals = Object.values(template.findResources('AWS::IAM::Role'))
    .flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement)
    .flatMap(({ Principal }) => Object.keys(Principal));
  expect([...new Set(principals)]).toEqual(['Service']);
});
