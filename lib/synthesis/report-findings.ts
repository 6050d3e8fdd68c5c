import { Annotations, Aspects } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { countsAs, type Finding, type Severity } from '../fargate/finding';

/**
 * Has the synthesis report what the Fargate rules say of a construct.
 *
 * Errors fail `app.synth()` and `Template.fromStack` alike, all at once and with the construct's path;
 * `Annotations.addError` would pass silently in unit tests. Warnings can be acknowledged by their id,
 * `eks-fargate:<rule>`. What the object itself acknowledges, by its annotation, is shown with the reason.
 *
 * @param findings called late, when every profile and every object of the cluster is known.
 */
export function reportFindings(construct: IConstruct, findings: () => readonly Finding[]): void {
  const counted = (severity: Severity) => findings().filter((finding) => countsAs(severity, finding));

  construct.node.addValidation({ validate: () => counted('error').map(({ message }) => message) });
  Aspects.of(construct).add({
    visit: (node) => {
      if (node !== construct) {
        return;
      }
      for (const { rule, message } of counted('warning')) {
        Annotations.of(construct).addWarningV2(`eks-fargate:${rule}`, message);
      }
      for (const { rule, severity, message, acknowledged } of findings()) {
        if (acknowledged !== undefined) {
          Annotations.of(construct).addInfo(`acknowledged ${severity} ${rule}: ${message} (${acknowledged})`);
        }
      }
    },
  });
}
