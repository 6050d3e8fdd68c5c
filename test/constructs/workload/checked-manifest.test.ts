import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { FargateWorkload } from '../../../lib/constructs/workload/fargate-workload';
import { onASupportedDay } from '../../support/test-stack';
import { chartOf, clusterStack } from '../support/cluster-stack';

beforeEach(onASupportedDay);
afterEach(() => jest.useRealTimers());

/** What is said against an ExternalSecret in a chart. */
function warningsOf(spec: object) {
  jest.spyOn(console, 'error').mockImplementation();
  const stack = clusterStack();
  new FargateWorkload(stack, 'Shop', {
    cluster: stack.cluster,
    namespace: 'shop',
    profile: { name: 'shop-profile', selectors: [{ namespace: 'shop' }] },
    charts: [
      chartOf('Own', {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: 'database', namespace: 'shop' },
        spec,
      }),
    ],
  });
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('ExternalSecret'))
    .map(({ entry }) => entry.data);
}

test.each([{}, { target: { name: 'other' } }])(
  'an ExternalSecret whose Secret kubectl would prune: %j',
  (spec) => {
    expect(warningsOf(spec)).toEqual([
      'ExternalSecret shop/database: its Secret gets its labels, and kubectl would delete the Secret with the next change of the chart. Write target: { template: {} }, or use externalSecrets.provide (docs/external-secrets.md). [ack: eks-fargate:pruned-secret]',
    ]);
  },
);

test('an ExternalSecret with a template of its own is fine', () => {
  expect(warningsOf({ target: { template: {} } })).toEqual([]);
});
