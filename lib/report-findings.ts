import { Annotations, Aspects } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { FargatePlan } from './fargate-plan';

/**
 * Has the synthesis report what the Fargate rules say of a construct's objects.
 *
 * Errors fail `app.synth()` and `Template.fromStack` alike, all at once and with the construct's path;
 * `Annotations.addError` would pass silently in unit tests. Warnings can be acknowledged by their id,
 * `eks-fargate:<rule>`.
 *
 * All are evaluated late, when every profile and every object of the cluster is known.
 */
export function reportFindings(construct: IConstruct, plan: FargatePlan): void {
  construct.node.addValidation({
    validate: () =>
      plan
        .checkOf(construct)
        .findings.filter(({ severity }) => severity === 'error')
        .map(({ message }) => message),
  });
  Aspects.of(construct).add({
    visit: (node) => {
      if (node === construct) annotate(construct, plan);
    },
  });
}

function annotate(construct: IConstruct, plan: FargatePlan): void {
  for (const { severity, rule, message } of plan.checkOf(construct).findings) {
    if (severity === 'warning') Annotations.of(construct).addWarningV2(`eks-fargate:${rule}`, message);
  }
}
