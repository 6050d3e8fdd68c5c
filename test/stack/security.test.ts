import { App, CfnOutput, CloudFormationValidatePlugin, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { checkTemplates } from '../../lib/synthesis/template-validation';
import { EncryptedLogGroup } from '../../lib/constructs/logs/encrypted-log-group';
import { UserError } from '../../lib/user-error';
import { judgeLogPermissions } from '../../lib/commands/verify/log-permissions';
import { checkoutTemplate, testApp } from '../support/checkout-stack';
import { logGroupArn } from '../commands/verify/support/states';

const template = checkoutTemplate();

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
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

test('no statement is for every resource, or for every action of a service', () => {
  expect(statements.length).toBeGreaterThan(7);
  for (const { Action, Resource } of statements) {
    expect(list(Action).filter((action) => action.includes('*'))).toEqual([]);
    expect(list(Resource).map(text)).not.toContain('*');
  }
});

test('the only wildcard in a resource stands for the versions of one function', () => {
  const wildcards = statements
    .flatMap(({ Resource }) => list(Resource).map(text))
    .filter((resource) => resource.includes('*'));
  expect(wildcards).toEqual(['<ref>:*']);
});

test('AWS’s own policies are the documented ones', () => {
  const attached = Object.values(template.findResources('AWS::IAM::Role'))
    .flatMap(({ Properties }) => list<unknown>(Properties.ManagedPolicyArns))
    .map((arn) => text(arn))
    .map((arn) => arn.replace(/.*\//u, ''));
  expect([...new Set(attached)].toSorted()).toEqual([
    'AWSLambdaBasicExecutionRole',
    'AWSLambdaVPCAccessExecutionRole',
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
    'eks-fargate-pods.amazonaws.com arn:<ref>:eks:<ref>:<ref>:fargateprofile/CheckoutStack/*',
    'eks.amazonaws.com arn:<ref>:eks:<ref>:<ref>:cluster/CheckoutStack',
    'vpc-flow-logs.amazonaws.com arn:<ref>:ec2:<ref>:<ref>:vpc-flow-log/*',
  ]);
});

test('CloudWatch may use the key for the log groups of the cluster only', () => {
  const [key] = Object.values(template.findResources('AWS::KMS::Key'));
  const [, logs, ...more] = key!.Properties.KeyPolicy.Statement;
  expect(more).toEqual([]);
  expect(text(logs.Condition.ArnLike['kms:EncryptionContext:aws:logs:arn'])).toBe(
    'arn:<ref>:logs:<ref>:<ref>:log-group:/aws/eks/CheckoutStack/*',
  );
});

describe('logs', () => {
  const groups = checkoutTemplate({ logRetentionDays: 30 }).findResources('AWS::Logs::LogGroup');
  const groupIds = Object.keys(template.findResources('AWS::Logs::LogGroup'));

  test('each group is encrypted with the key, is kept as long as set, and has a name that the key admits', () => {
    expect(groupIds).toHaveLength(5);
    for (const { Properties } of Object.values(groups)) {
      expect(Properties).toEqual({
        KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('EncryptionKey'), 'Arn'] },
        LogGroupName: expect.stringMatching(/^\/aws\/eks\/CheckoutStack\/[a-z-]+$/),
        RetentionInDays: 30,
      });
    }
  });

  test('every function writes to one of them, none to a group that Lambda makes', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(functions).toHaveLength(3);
    for (const { Properties } of functions) {
      expect(groupIds).toContain(Properties.LoggingConfig.LogGroup.Ref);
    }
  });

  test('that of the control plane is there before EKS would make it', () => {
    const [controlPlane] = Object.keys(
      template.findResources('AWS::Logs::LogGroup', {
        Properties: { LogGroupName: '/aws/eks/CheckoutStack/cluster' },
      }),
    );
    const [cluster] = Object.values(template.findResources('AWS::EKS::Cluster'));
    expect(cluster!.DependsOn).toContain(controlPlane);
  });

  test('those that EKS or a function would make again for a late line go after the VPC', () => {
    const late = Object.entries(template.findResources('AWS::Logs::LogGroup'))
      .filter(([, { Properties }]) =>
        /\/(cluster|kubectl|default-security-group)$/.test(Properties.LogGroupName),
      )
      .map(([id]) => id);
    const [vpc] = Object.values(template.findResources('AWS::EC2::VPC'));
    expect(late).toHaveLength(3);
    expect([...vpc!.DependsOn].toSorted()).toEqual(late.toSorted());
  });

  test('a VPC of another stack waits for none: that would be a cycle', () => {
    const app = testApp();
    const vpc = new Vpc(new Stack(app, 'Network'), 'Vpc');
    const stack = new Stack(app, 'Cluster');
    new CfnOutput(stack, 'Vpc', { value: vpc.vpcId });
    const encryptionKey = new Key(stack, 'Key');
    new EncryptedLogGroup(stack, 'Logs', { logGroupName: 'logs', encryptionKey, retention: 30 }).deleteAfter(
      vpc,
    );
    expect(() => app.synth()).not.toThrow();
  });
});

test('the kubectl handler talks HTTPS, and nobody talks to it', () => {
  const [handler, controlPlane] = Object.entries(template.findResources('AWS::EC2::SecurityGroup'));
  expect(handler![1].Properties).toMatchObject({
    SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }],
  });
  expect(handler![1].Properties).not.toHaveProperty('SecurityGroupIngress');
  const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'));
  expect(rules.map(({ Properties }) => Properties)).toEqual([
    {
      Description: 'kubectl handler',
      GroupId: { 'Fn::GetAtt': [controlPlane![0], 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [handler![0], 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
    },
  ]);
});

test('the API server has no public endpoint unless it is opened', () => {
  const [cluster] = Object.values(template.findResources('AWS::EKS::Cluster'));
  expect(cluster!.Properties.ResourcesVpcConfig).toMatchObject({
    EndpointPrivateAccess: true,
    EndpointPublicAccess: false,
  });
});

test('deletion protection can be set', () => {
  template.hasResourceProperties('AWS::EKS::Cluster', { DeletionProtection: false });
  checkoutTemplate({ deletionProtection: true }).hasResourceProperties('AWS::EKS::Cluster', {
    DeletionProtection: true,
  });
});

test('pods are granted what npm run verify wants to see', () => {
  const { Outputs, Resources } = template.toJSON();
  const arnOfLogGroup = JSON.stringify({ 'Fn::GetAtt': [Outputs.LogGroupName.Value.Ref, 'Arn'] });
  const [roleId] = Outputs.PodExecutionRoleArn.Value['Fn::GetAtt'];
  // CloudFormation ends the ARN of a log group with `:*` (AWS::Logs::LogGroup, return values).
  const { Properties } = JSON.parse(JSON.stringify(Resources[roleId]), (_key, value: unknown) =>
    JSON.stringify(value) === arnOfLogGroup ? `${logGroupArn}:*` : value,
  );
  const policies = Properties.Policies.map((policy: { PolicyName: string; PolicyDocument: unknown }) => ({
    name: policy.PolicyName,
    document: policy.PolicyDocument,
  }));

  expect(judgeLogPermissions(policies, logGroupArn)).toMatchObject({ status: 'held' });
});

test('an engine that cannot run is an error, which cannot be acknowledged', () => {
  jest.spyOn(CloudFormationValidatePlugin.prototype, 'validate').mockImplementation(() => {
    // As the engine does: a string, of several lines.
    throw "Failed to parse Guard file 'network.guard':\nat line 3\n";
  });
  const app = testApp();
  new Stack(app, 'Any');
  const check = checkTemplates(app);
  expect(() => check.refuseUnchecked()).not.toThrow();
  app.synth();
  expect(() => check.refuseUnchecked()).toThrow(
    new UserError([
      "the templates were not checked, because the validation engine failed: Failed to parse Guard file 'network.guard': at line 3. Mend the rule of lib/synthesis/guard-rules that is named, or leave the validation out (npm run synth:fast)",
    ]),
  );
});

// What the rules find, validation.test.ts shows. A run of the app itself that finds something would start the engine again.
test('the app has its templates checked, and asks whether they were', () => {
  const refuseUnchecked = jest.fn();
  const check = jest.fn(() => ({ refuseUnchecked }));
  jest.doMock('../../lib/synthesis/template-validation', () => ({ checkTemplates: check }));
  const synth = jest.spyOn(App.prototype, 'synth').mockReturnValue(undefined as never);
  jest.spyOn(console, 'error').mockImplementation();
  jest.replaceProperty(process, 'env', {
    ...process.env,
    CDK_VALIDATION: undefined,
    CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:disable-asset-staging': true }),
  });
  require('../../bin/app');

  expect(check.mock.calls).toEqual([[synth.mock.contexts[0]]]);
  const order = [check, synth, refuseUnchecked].map(({ mock }) => mock.invocationCallOrder);
  expect(order.flat()).toEqual(order.flat().toSorted((a, b) => a - b));
  expect(order.map(({ length }) => length)).toEqual([1, 1, 1]);
});
