import { AwsSolutionsChecks, NagPack, NIST80053R5Checks } from 'cdk-nag';
import { type CfnResource, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { FargateWorkload } from '../../lib/constructs/workload/fargate-workload';
import { allBlocks, eachBlock } from '../support/blocks';
import { testStack } from '../support/test-stack';

/** What the constructs acknowledge, and where. */
const validationsOf = jest.spyOn(Validations, 'of');
const acknowledge = jest.spyOn(Validations.prototype, 'acknowledge');

const closedPods = testStack({
  podSecurityGroups: true,
  externalSecrets: true,
  alarmEmail: 'ops@example.com',
});
const workload = closedPods.node.findChild('Web') as FargateWorkload;
closedPods.podSecurityGroups!.close('Closed', {
  workload,
  name: 'web',
  pods: {},
  port: 8080,
  from: {},
});
closedPods.externalSecrets.provide('Secrets', {
  workload,
  secrets: {
    web: Secret.fromSecretCompleteArn(
      closedPods,
      'Secret',
      'arn:aws:secretsmanager:us-west-2:111122223333:secret:web-a1b2c3',
    ),
  },
});

/**
 * The one file that loads cdk-nag: that takes as long as to build the stack. With all the zones that a VPC may
 * have, because each has findings of its own, and with every block.
 */
const stacks = [
  testStack({ availabilityZones: 6 }),
  ...Object.values(eachBlock).map(testStack),
  testStack({ ...allBlocks, natGateways: 0, httpsProxy: 'http://proxy.example.com:3128' }),
  testStack({ ingress: 'internal', autoscaling: true, deletionProtection: true }),
  closedPods,
  testStack({
    ingress: 'public',
    ingressCidrs: '0.0.0.0/0',
    ingressCertificateArn:
      'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012',
  }),
];

// Asked of every finding, before it is dropped or reported.
type Asked = [resource: CfnResource, ruleId: string];
const isAcknowledged = jest.spyOn(
  NagPack.prototype as unknown as { isAcknowledged: (...asked: Asked) => boolean },
  'isAcknowledged',
);
const reported = [new AwsSolutionsChecks(), new NIST80053R5Checks()].flatMap((pack) =>
  stacks.flatMap((stack) => pack.validateScope(stack).violations),
);
const found = isAcknowledged.mock.calls.map(([{ node }, ruleId]) => `${node.path} ${ruleId}`);

const acknowledged = acknowledge.mock.calls.flatMap((findings, index) => {
  const call = validationsOf.mock.results.findIndex(
    ({ value }) => value === acknowledge.mock.contexts[index],
  );
  const { node } = validationsOf.mock.calls[call]![0];
  return findings.map(({ id, reason }) => ({ path: node.path, id, reason }));
});
const lines = acknowledged
  // Those of CDK's own engine are in template-validation.test.ts.
  .filter(({ id }) => !id.startsWith('CloudFormation-Validate::'))
  .map(({ path, id }) => `${path} ${id}`);

test('AwsSolutions and NIST 800-53 R5 have nothing against the stack that is not acknowledged', () => {
  expect(reported).toEqual([]);
});

test('what is acknowledged is exactly what they find', () => {
  expect(lines.toSorted()).toEqual(found.toSorted());
});

test('every reason is a sentence', () => {
  expect(acknowledged.length).toBeGreaterThan(5);
  for (const { reason } of acknowledged) {
    expect(reason).toMatch(/^[A-Za-z].{40,}$/);
  }
});
