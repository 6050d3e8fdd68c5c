import { Annotations, Aspects } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { PodPlan } from './fargate/check-manifests';
import { formatCapacity } from './fargate/pod-size';
import type { FargatePlan } from './fargate-plan';

/**
 * Has the synthesis report what the Fargate rules say of a construct's objects.
 *
 * Errors fail `app.synth()` and `Template.fromStack` alike, all at once and with the construct's path;
 * `Annotations.addError` would pass silently in unit tests. Warnings can be acknowledged by their id,
 * `eks-fargate:<rule>`. Each workload is announced with its replicas, size and profile.
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
  const { pods, findings } = plan.checkOf(construct);
  const annotations = Annotations.of(construct);
  for (const pod of pods) annotations.addInfo(describe(pod));
  for (const { severity, rule, message } of findings) {
    if (severity === 'warning') annotations.addWarningV2(`eks-fargate:${rule}`, message);
  }
}

/** For example `Deployment checkout/checkout: 3 x 1vCPU 3GB on profile checkout-profile`. */
function describe({ object, count, size, profile }: PodPlan): string {
  return `${object}: ${count ?? 'any number'} x ${size ? formatCapacity(size) : 'unknown size'} on ${profile ? `profile ${profile}` : 'no profile'}`;
}
