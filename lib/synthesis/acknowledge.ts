import { Aws, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding that stands, and why. */
export interface AcknowledgedFinding {
  /** Full ID of the rule, as the tool prints it. */
  readonly id: string;
  /** Why it does not apply here, or costs more than it gives. */
  readonly reason: string;
  /** Paths of the resources, from the construct that acknowledges. */
  readonly at: readonly string[];
}

/** The id that cdk-nag gives to the use of an AWS managed policy. */
export function awsManagedPolicy(name: string): string {
  return `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`;
}

/** An ARN, as cdk-nag writes it into the id of a finding. */
export function asCdkNagPrints(arn: string): string {
  return arn
    .replace(Aws.PARTITION, '<AWS::Partition>')
    .replace(Aws.REGION, '<AWS::Region>')
    .replace(Aws.ACCOUNT_ID, '<AWS::AccountId>');
}

/** cdk-nag's finding about inline policies, which every role here has. */
export const inlinePolicy = {
  id: 'NIST.800.53.R5-IAMNoInlinePolicy',
  reason:
    'Inline on purpose: made for this one role, it cannot be attached to another, and goes when the role goes.',
} as const;

/** The finding about the network interfaces of a function in a VPC. */
export const networkInterfaces = {
  id: 'AwsSolutions-IAM5[Resource::*]',
  reason:
    'Lambda makes the network interfaces of a function with its role, and these actions know no narrower resource. The code of the function is denied them.',
} as const;

/**
 * Acknowledges findings under a construct, for CDK's validation engine and for every run of cdk-nag.
 *
 * A path that a setting leaves out, such as that of a VPC where one is given, is skipped.
 */
export function acknowledge(scope: IConstruct, findings: readonly AcknowledgedFinding[]): void {
  for (const { id, reason, at } of findings) {
    for (const path of at) {
      const resource = find(scope, path);
      if (resource) {
        Validations.of(resource).acknowledge({ id, reason });
      }
    }
  }
}

function find(scope: IConstruct, path: string): IConstruct | undefined {
  return path
    .split('/')
    .reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), scope);
}
