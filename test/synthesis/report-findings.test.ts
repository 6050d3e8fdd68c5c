import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import type { Finding } from '../../lib/fargate/finding';
import { reportFindings } from '../../lib/synthesis/report-findings';

const finding = (rule: string, severity: Finding['severity'], acknowledged?: string): Finding => ({
  rule,
  severity,
  object: 'Pod shop/cart',
  message: `Pod shop/cart: ${rule}.`,
  source: 'https://example.com',
  index: 0,
  acknowledged,
});

function stackWith(...findings: readonly Finding[]): Stack {
  const stack = new Stack(new App(), 'Shop');
  // CDK warns about a template without resources.
  new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
  const workload = new Construct(stack, 'Workload');
  // Said of the workload, and of nothing inside it.
  new Construct(workload, 'Inside');
  reportFindings(workload, () => findings);
  return stack;
}

test('errors fail the synthesis at their construct', () => {
  const stack = stackWith(finding('host-pid', 'error'), finding('node-port', 'warning'));
  expect(() => (stack.node.root as App).synth()).toThrow('[Shop/Workload] Pod shop/cart: host-pid.');
});

test('warnings can be acknowledged by their rule', () => {
  const stack = stackWith(finding('node-port', 'warning'));
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toMatchObject([
    { id: '/Shop/Workload', entry: { data: 'Pod shop/cart: node-port. [ack: eks-fargate:node-port]' } },
  ]);
});

test('what the object acknowledges is shown with its reason, and stops nothing', () => {
  const stack = stackWith(
    finding('host-pid', 'error', 'profiler'),
    finding('node-port', 'warning', 'unused'),
  );
  const annotations = Annotations.fromStack(stack);
  annotations.hasNoWarning('*', Match.anyValue());
  expect(annotations.findInfo('*', Match.anyValue())).toHaveLength(2);
  annotations.hasInfo('/Shop/Workload', 'acknowledged error host-pid: Pod shop/cart: host-pid. (profiler)');
  annotations.hasInfo('/Shop/Workload', 'acknowledged warning node-port: Pod shop/cart: node-port. (unused)');
});
