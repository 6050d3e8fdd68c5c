import { App, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { planRole } from '../../lib/synthesis/planned-role';

test('the policies of a role are those of the template, with what is granted after it was planned', () => {
  const stack = new Stack(new App(), 'Shop');
  const role = new Role(stack, 'Role', {
    assumedBy: new ServicePrincipal('eks-fargate-pods.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSFargatePodExecutionRolePolicy')],
  });
  const planned = planRole(role);
  const granted = { actions: ['kms:Decrypt'], resources: ['arn:aws:kms:us-west-2:111122223333:key/1'] };
  role.addToPolicy(new PolicyStatement(granted));

  expect(planned.trustPolicy).toMatchObject({
    Statement: [{ Action: 'sts:AssumeRole', Principal: { Service: 'eks-fargate-pods.amazonaws.com' } }],
  });
  expect(planned.managedPolicies).toEqual([
    {
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy'],
      ],
    },
  ]);
  expect(planned.inlinePolicies).toMatchObject([
    { Statement: [{ Action: 'kms:Decrypt', Resource: granted.resources[0] }] },
  ]);
});
