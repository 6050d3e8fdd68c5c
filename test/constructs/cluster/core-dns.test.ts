import { Template } from 'aws-cdk-lib/assertions';
import type * as CoreDns from '../../../lib/constructs/cluster/core-dns';
import type * as TestStacks from '../../support/test-stack';
import { testTemplate } from '../../support/test-stack';

/** The add-on of a name, with its logical ID. */
function addOn(name: string) {
  const [found] = Object.entries(
    testTemplate().findResources('AWS::EKS::Addon', { Properties: { AddonName: name } }),
  );
  return {
    logicalId: found![0],
    ...(found![1] as { Properties: Record<string, unknown>; DependsOn?: string[] }),
  };
}

test('CoreDNS is judged: without a profile for its pods nothing is synthesized', () => {
  jest.isolateModules(() => {
    jest.doMock<typeof CoreDns>('../../../lib/constructs/cluster/core-dns', () => ({
      ...jest.requireActual<typeof CoreDns>('../../../lib/constructs/cluster/core-dns'),
      systemProfile: {
        name: 'system-profile',
        selectors: [{ namespace: 'kube-system', labels: { app: 'other' } }],
      },
    }));
    const { testStack } = require('../../support/test-stack') as typeof TestStacks;
    expect(() => Template.fromStack(testStack())).toThrow(
      '[TestStack/Cluster/CoreDns] Deployment kube-system/coredns: matches no Fargate profile',
    );
  });
});

test('kube-proxy comes before CoreDNS, which reaches the API server through it', () => {
  expect(addOn('coredns').DependsOn).toContain(addOn('kube-proxy').logicalId);
});

test('the add-ons go with the cluster', () => {
  for (const name of ['coredns', 'kube-proxy']) {
    expect(addOn(name).Properties).toHaveProperty('PreserveOnDelete', false);
  }
});
