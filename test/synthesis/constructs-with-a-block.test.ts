import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { clusterStack } from '../constructs/support/cluster-stack';
import { onASupportedDay } from '../support/test-stack';

afterEach(() => jest.useRealTimers());

/** Constructs of the CDK that people reach for first, and what leads them to the block that does it here. */
test.each([
  [
    'cluster.addServiceAccount',
    (cluster: eks.Cluster) => cluster.addServiceAccount('Account', { overwriteServiceAccount: true }),
    'makes an IAM role for a ServiceAccount, and nothing checks that a pod runs as it. Use permissions of FargateWorkload instead (docs/iam-for-a-workload.md).',
  ],
  [
    'AlbController',
    (cluster: eks.Cluster) =>
      new eks.AlbController(cluster, 'Controller', { cluster, version: eks.AlbControllerVersion.V3_2_2 }),
    'installs the AWS Load Balancer Controller, whose pods no profile selects: the deploy would wait for them 15 minutes, and fail. Use the setting ingress instead (docs/ingress.md).',
  ],
])('%s leads to the block', (_name, add, message) => {
  onASupportedDay();
  jest.spyOn(console, 'error').mockImplementation();
  const stack = clusterStack();
  const { path } = add(stack.cluster.cluster).node;
  const warnings = Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ id, entry }) => `${id} ${String(entry.data)}`);
  expect([...new Set(warnings)]).toEqual([
    `/${path} ${path} ${message} [ack: eks-fargate:unchecked-manifest]`,
  ]);
});
