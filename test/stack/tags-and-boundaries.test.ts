import { type App, PermissionsBoundary } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { environmentWith } from '../support/environment-with';
import { testApp, TestStack } from '../support/test-stack';

/** What docs/tags-and-boundaries.md has a fork write into lib/stack/create-app.ts, with every block on. */
const stack = new TestStack(testApp(), 'TestStack', {
  environment: environmentWith({ ingress: 'internal', autoscaling: true }),
  tags: { team: 'shop' },
  permissionsBoundary: PermissionsBoundary.fromName('company-boundary'),
});
const template = Template.fromStack(stack);

test('every role has the boundary, those included that CDK adds', () => {
  const boundary = {
    'Fn::Join': [
      '',
      ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':policy/company-boundary'],
    ],
  };
  const roles = Object.values(template.findResources('AWS::IAM::Role'));
  expect(roles.length).toBeGreaterThan(8);
  template.allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: boundary });
  template.resourceCountIs('AWS::IAM::User', 0);
});

test('CloudFormation is told to tag everything', () => {
  const { tags } = (stack.node.root as App).synth().getStackByName('TestStack');
  expect(tags).toEqual({ team: 'shop' });
});

test('a boundary in cdk.json reaches every role too', () => {
  const app = testApp({ '@aws-cdk/core:permissionsBoundary': { name: 'company-boundary' } });
  const plain = new TestStack(app, 'TestStack', { environment: environmentWith() });
  const roles = Object.values(Template.fromStack(plain).findResources('AWS::IAM::Role'));
  expect(roles.length).toBeGreaterThan(5);
  expect(roles.filter(({ Properties }) => Properties.PermissionsBoundary === undefined)).toEqual([]);
});
