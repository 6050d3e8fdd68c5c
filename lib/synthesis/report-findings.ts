import { Annotations, Aspects } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from '../fargate/finding';

/**
 * Has the synthesis report what the Fargate rules say of a construct.
 *
 * Errors fail `app.synth()` and `Template.fromStack` alike, all at once and with the construct's path;
 * `Annotations.addError` would pass silently in unit tests. Warnings can be acknowledged by their id,
 * `eks-fargate:<rule>`.
 *
 * @param findings called late, when every profile and every object of the cluster is known.
 */
export function reportFindings(construct: IConstruct, findings: () => readonly Finding[]): void {
  const worded = (severity: Finding['severity']) =>
    findings().filter((finding) => finding.severity === severity);

  construct.node.addValidation({ validate: () => worded('error').map(({ message }) => message) });
  Aspects.of(construct).add({
    visit: (node) => {
      if (node !== construct) {
        return;
      }
      for (const { rule, message } of worded('warning')) {
        Annotations.of(construct).addWarningV2(`eks-fargate:${rule}`, message);
      }
    },
  });
}
