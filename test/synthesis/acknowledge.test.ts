import { App, Aws, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge, asCdkNagPrints, awsManagedPolicy } from '../../lib/synthesis/acknowledge';

test('the findings of resources below are acknowledged with the reason, and a path that is not there is skipped', () => {
  const stack = new Stack(new App(), 'Shop');
  const workload = new Construct(stack, 'Workload');
  const roles = ['Role', 'Other'].map(
    (id) => new CfnResource(new Construct(workload, id), 'Resource', { type: 'AWS::IAM::Role' }),
  );
  acknowledge(stack, [
    { id: 'Test-Rule', reason: 'It stays.', at: ['Workload/Role/Resource', 'Workload/Vpc/Resource'] },
  ]);
  const acknowledged = roles.map((role) => JSON.stringify(role.node.metadata).includes('Test-Rule'));
  expect(acknowledged).toEqual([true, false]);
  expect(JSON.stringify(roles[0]!.node.metadata)).toContain('It stays.');
});

test('ids are written as cdk-nag prints them', () => {
  expect(awsManagedPolicy('AmazonEKSClusterPolicy')).toBe(
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonEKSClusterPolicy]',
  );
  expect(asCdkNagPrints(`arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:queue`)).toBe(
    'arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:queue',
  );
});
