import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { EncryptedLogGroup } from '../../../lib/constructs/logs/encrypted-log-group';
import { settings } from '../../../lib/config/settings';
import { environmentWith } from '../../support/environment-with';
import { testApp, TestStack, testTemplate } from '../../support/test-stack';
import { lookupEnv, lookupVpcId, vpcLookup } from '../../support/vpc-lookup';

const template = testTemplate();
const groups = testTemplate({ logRetentionDays: 30 }).findResources('AWS::Logs::LogGroup');
const groupIds = Object.keys(template.findResources('AWS::Logs::LogGroup'));

test('each group is encrypted with the key, is kept as long as set, and has a name that the key admits', () => {
  expect(groupIds).toHaveLength(5);
  for (const { Properties } of Object.values(groups)) {
    expect(Properties).toEqual({
      KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('EncryptionKey'), 'Arn'] },
      LogGroupName: expect.stringMatching(/^\/aws\/eks\/TestStack\/[a-z-]+$/),
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
      Properties: { LogGroupName: '/aws/eks/TestStack/cluster' },
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

test('in an existing VPC they go after the security group that Lambda holds', () => {
  jest.spyOn(console, 'error').mockImplementation();
  const existing = Template.fromStack(
    new TestStack(testApp(vpcLookup('a', 'b')), 'TestStack', {
      environment: environmentWith({ vpcId: lookupVpcId }),
      env: lookupEnv,
    }),
  );
  const late = Object.entries(existing.findResources('AWS::Logs::LogGroup'))
    .filter(([, { Properties }]) => /\/(cluster|kubectl)$/.test(Properties.LogGroupName))
    .map(([id]) => id);
  const [handlers] = Object.values(
    existing.findResources('AWS::EC2::SecurityGroup', {
      Properties: { GroupDescription: 'kubectl handler of the EKS cluster' },
    }),
  );
  expect(late).toHaveLength(2);
  expect(handlers!.DependsOn.toSorted()).toEqual(late.toSorted());
});

test('logs and key go with the stack: a group that stays would collide with the next deployment', () => {
  for (const type of ['AWS::Logs::LogGroup', 'AWS::KMS::Key']) {
    const resources = Object.values(template.findResources(type));
    expect(resources.length).toBeGreaterThan(0);
    for (const resource of resources) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    }
  }
});

test('the key admits CloudWatch Logs by its name in the region and partition', () => {
  const [key] = Object.values(template.findResources('AWS::KMS::Key'));
  const [, logs] = key!.Properties.KeyPolicy.Statement;
  expect(logs.Principal.Service).toEqual({
    'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]],
  });
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

test('logRetentionDays takes what CloudWatch takes', () => {
  const periods = Object.values(RetentionDays).filter((days) => typeof days === 'number' && days < 9999);
  for (const days of periods) {
    expect(settings.logRetentionDays.read(String(days))).toEqual({ value: days });
  }
  expect(settings.logRetentionDays.read('8')).toHaveProperty('problem');
});
