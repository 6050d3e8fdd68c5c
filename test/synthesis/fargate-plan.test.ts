import { App, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FargatePlan } from '../../lib/synthesis/fargate-plan';

test('what is added after the plan was asked is in its next answer', () => {
  const stack = new Stack(new App(), 'Shop');
  const podExecutionRole = new Role(stack, 'Role', {
    assumedBy: new ServicePrincipal('eks-fargate-pods.amazonaws.com'),
  });
  const plan = new FargatePlan('shop', '1.36');
  const addProfile = (namespace: string) =>
    plan.addProfile({ name: namespace, selectors: [{ namespace }] }, { podExecutionRole, subnets: [] });
  const addPod = (name: string) =>
    plan.addObjects(stack, {
      appliedBy: 'stack',
      objects: [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name, namespace: 'shop' },
          spec: { containers: [{ name, image: `${name}:1` }] },
        },
      ],
    });
  const placed = () => plan.check().pods.map(({ name, profile }) => ({ name, profile }));

  addProfile('other');
  addPod('cart');
  expect(placed()).toEqual([{ name: 'cart', profile: undefined }]);
  addProfile('shop');
  expect(placed()).toEqual([{ name: 'cart', profile: 'shop' }]);
  addPod('ui');
  expect(placed()).toEqual([
    { name: 'cart', profile: 'shop' },
    { name: 'ui', profile: 'shop' },
  ]);
});
