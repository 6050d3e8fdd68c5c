import { environmentWith } from '../support/environment-with';
import { testApp, TestStack, testTemplate } from '../support/test-stack';

test('what protects the cluster protects the stack: all that runs on it would be deleted first', () => {
  for (const deletionProtection of [true, false]) {
    const app = testApp();
    new TestStack(app, 'TestStack', { environment: environmentWith({ deletionProtection }) });
    expect(app.synth().getStackByName('TestStack').terminationProtection ?? false).toBe(deletionProtection);
  }
});

test('outputs name things as AWS calls them', () => {
  const template = testTemplate();
  template.hasOutput('ClusterName', { Value: 'TestStack' });
  template.hasOutput('UpdateKubeconfigCommand', {
    Value: {
      'Fn::Join': ['', ['aws eks update-kubeconfig --region ', { Ref: 'AWS::Region' }, ' --name TestStack']],
    },
  });
});
