import { AwsSolutionsChecks, NagPack, NIST80053R5Checks } from 'cdk-nag';
import type { CfnResource } from 'aws-cdk-lib';
import {
  clusterFindings,
  networkFindings,
  podExecutionRoleFindings,
  type AcknowledgedFinding,
} from '../../lib/synthesis/acknowledged-findings';
import { PodExecutionRole } from '../../lib/constructs/cluster/pod-execution-role';
import { checkoutStack } from '../support/checkout-stack';

/**
 * The one file that loads cdk-nag: that takes as long as to build the stack. With all the zones that a VPC may
 * have, because each has findings of its own.
 */
const stack = checkoutStack({ availabilityZones: 6 });

// Asked of every finding, before it is dropped or reported.
type Asked = [resource: CfnResource, ruleId: string];
const isAcknowledged = jest.spyOn(
  NagPack.prototype as unknown as { isAcknowledged: (...asked: Asked) => boolean },
  'isAcknowledged',
);
const reported = [new AwsSolutionsChecks(), new NIST80053R5Checks()].flatMap(
  (pack) => pack.validateScope(stack).violations,
);
const found = isAcknowledged.mock.calls.map(([{ node }, ruleId]) => `${node.path} ${ruleId}`);

/** Which constructs of the stack acknowledge what. */
const acknowledgers: ReadonlyArray<readonly [path: string, findings: readonly AcknowledgedFinding[]]> = [
  ['CheckoutStack/Network', networkFindings],
  ['CheckoutStack/Cluster', clusterFindings],
  ...stack.node
    .findAll()
    .filter((construct) => construct instanceof PodExecutionRole)
    .map(({ node }) => [node.path, podExecutionRoleFindings] as const),
];
const listed = acknowledgers
  .flatMap(([scope, findings]) =>
    findings.flatMap(({ id, at }) => at.map((path) => `${scope}/${path} ${id}`)),
  )
  // Those of CDK's own engine are in validation.test.ts.
  .filter((line) => !line.includes(' CloudFormation-Validate::'));

test('AwsSolutions and NIST 800-53 R5 have nothing against the stack that is not acknowledged', () => {
  expect(reported).toEqual([]);
});

test('what is acknowledged is exactly what they find', () => {
  expect(listed.toSorted()).toEqual(found.toSorted());
});

test('every reason is a sentence', () => {
  const reasons = [...networkFindings, ...clusterFindings, ...podExecutionRoleFindings].map(
    ({ reason }) => reason,
  );
  for (const reason of reasons) {
    expect(reason).toMatch(/^[A-Za-z].{40,}\.$/);
  }
});
