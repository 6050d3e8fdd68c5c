import { Annotations as CdkAnnotations, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { IConstruct } from 'constructs';
import { environmentWith } from '../support/environment-with';
import { onASupportedDay, testApp, testStack, TestStack } from '../support/test-stack';

beforeEach(onASupportedDay);
afterEach(() => jest.useRealTimers());

test('what is applied past the Fargate checks is warned of, and can be acknowledged', () => {
  jest.spyOn(console, 'error').mockImplementation();
  const stack = testStack();
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra', namespace: 'web' } };
  stack.cluster.cluster.addManifest('Unchecked', object);
  const known = stack.cluster.cluster.addManifest('Known', object);
  CdkAnnotations.of(known).acknowledgeWarning('eks-fargate:unchecked-manifest', 'checked by hand');

  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toMatchObject([
    {
      id: '/TestStack/Cluster/Resource/manifest-Unchecked',
      entry: {
        data: expect.stringContaining(
          'TestStack/Cluster/Resource/manifest-Unchecked is applied without the Fargate checks. Apply a chart with CheckedManifest, or check it with npm run preflight -- --file and acknowledge this.',
        ),
      },
    },
  ]);
});

test.each<[what: string, add: (stack: TestStack) => IConstruct, id: string, message: string]>([
  [
    'a patch',
    ({ cluster }) =>
      new eks.KubernetesPatch(cluster, 'Patch', {
        cluster: cluster.cluster,
        resourceName: 'deployment/web',
        applyPatch: { spec: { template: { spec: { hostNetwork: true } } } },
        restorePatch: {},
      }),
    'unchecked-patch',
    'changes an object after the Fargate checks',
  ],
  [
    'an add-on',
    ({ cluster }) =>
      new eks.Addon(cluster, 'Metrics', { cluster: cluster.cluster, addonName: 'metrics-server' }),
    'unchecked-addon',
    'brings pods that the Fargate checks do not know',
  ],
  [
    'a profile',
    ({ cluster }) => cluster.cluster.addFargateProfile('All', { selectors: [{ namespace: '*' }] }),
    'unchecked-profile',
    'is a profile that the Fargate checks do not know',
  ],
  ['nodes', ({ cluster }) => cluster.cluster.addNodegroupCapacity('Nodes'), 'ec2-nodes', 'makes EC2 nodes'],
  [
    'a pod identity',
    (stack) =>
      new eks.CfnPodIdentityAssociation(stack, 'Identity', {
        clusterName: stack.cluster.cluster.clusterName,
        namespace: 'web',
        roleArn: 'arn:aws:iam::111122223333:role/web',
        serviceAccount: 'web',
      }),
    'pod-identity',
    'gives a pod on Fargate no credentials',
  ],
])('%s that the Fargate checks do not know is warned of', (_what, add, id, message) => {
  jest.spyOn(console, 'error').mockImplementation();
  const stack = testStack();
  const { path } = add(stack).node;

  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toMatchObject([
    {
      id: `/${path}`,
      entry: {
        data: expect.stringMatching(new RegExp(`^${path} ${message}.*\\[ack: eks-fargate:${id}\\]$`, 'su')),
      },
    },
  ]);
});

test('a stage of the app is warned of as well', () => {
  jest.spyOn(console, 'error').mockImplementation();
  const stage = new Stage(testApp(), 'Production');
  const stack = new TestStack(stage, 'TestStack', { environment: environmentWith() });
  stack.cluster.cluster.addManifest('Unchecked', {});
  Annotations.fromStack(stack).hasWarning(
    '/Production/TestStack/Cluster/Resource/manifest-Unchecked',
    Match.stringLikeRegexp('is applied without the Fargate checks'),
  );
});
