import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { planProfile } from '../../lib/synthesis/planned-profile';
import type { PlannedResource } from '../../lib/synthesis/planned-role';

const profile = { name: 'web', selectors: [{ namespace: 'web' }] };

function podRole(stack: Stack): Role {
  return new Role(stack, 'Role', { assumedBy: new ServicePrincipal('eks-fargate-pods.amazonaws.com') });
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
