import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { planProfile, type PlannedResource } from '../../lib/synthesis/planned-profile';

const profile = { name: 'web', selectors: [{ namespace: 'web' }] };

function podRole(stack: Stack): Role {
  return new Role(stack, 'Role', {
    assumedBy: new ServicePrincipal('eks-fargate-pods.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSFargatePodExecutionRolePolicy')],
  });
}

test('a profile is planned with the resources of its role and its subnets', () => {
  const stack = new Stack(new App(), 'Shop');
  const vpc = new Vpc(stack, 'Vpc');
  const role = podRole(stack);
  const planned = planProfile(profile, { podExecutionRole: role, subnets: vpc.privateSubnets });

  const template = Template.fromStack(stack);
  const ids = (type: string, props: unknown) => Object.keys(template.findResources(type, props));
  expect(planned.podExecutionRole).toMatchObject({
    stackName: 'Shop',
    logicalId: ids('AWS::IAM::Role', {})[0],
  });
  const privateSubnets = ids('AWS::EC2::Subnet', {
    Properties: { Tags: Match.arrayWith([{ Key: 'aws-cdk:subnet-type', Value: 'Private' }]) },
  });
  expect(planned.subnets.map((subnet) => (subnet as PlannedResource).logicalId)).toEqual(privateSubnets);
  expect(privateSubnets.length).toBeGreaterThan(0);
});

test('a subnet of an existing VPC is planned by its ID', () => {
  const stack = new Stack(new App(), 'Shop');
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['us-west-2a'],
    privateSubnetIds: ['subnet-1'],
  });
  const { subnets } = planProfile(profile, {
    podExecutionRole: podRole(stack),
    subnets: vpc.privateSubnets,
  });
  expect(subnets).toEqual(['subnet-1']);
});

test('the policies of a role are those of the template, with what is granted after the profile was planned', () => {
  const stack = new Stack(new App(), 'Shop');
  const role = podRole(stack);
  const { podExecutionRole } = planProfile(profile, { podExecutionRole: role, subnets: [] });
  const granted = { actions: ['kms:Decrypt'], resources: ['arn:aws:kms:us-west-2:111122223333:key/1'] };
  role.addToPolicy(new PolicyStatement(granted));

  expect(podExecutionRole.trustPolicy).toMatchObject({
    Statement: [{ Action: 'sts:AssumeRole', Principal: { Service: 'eks-fargate-pods.amazonaws.com' } }],
  });
  expect(podExecutionRole.managedPolicies).toEqual([
    {
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy'],
      ],
    },
  ]);
  expect(podExecutionRole.inlinePolicies).toMatchObject([
    { Statement: [{ Action: 'kms:Decrypt', Resource: granted.resources[0] }] },
  ]);
});
