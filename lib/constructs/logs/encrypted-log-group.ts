import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct, IConstruct } from 'constructs';

export interface EncryptedLogGroupProps {
  /** Name of the log group; whoever writes to it must find it under this name. */
  readonly logGroupName: string;
  /** Key whose policy admits CloudWatch Logs for this name. */
  readonly encryptionKey: IKey;
  /** How long the logs are kept, in days. */
  readonly retention: RetentionDays;
}

/**
 * A log group with retention and encryption.
 *
 * It goes with the stack: its name is fixed, so a retained one would collide with the next deployment, and
 * what it holds cannot be read without the stack's key.
 */
export class EncryptedLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, props: EncryptedLogGroupProps) {
    super(scope, id, { ...props, removalPolicy: RemovalPolicy.DESTROY });
  }

  /**
   * Keeps the group until something that goes late is gone: a VPC, or a security group that Lambda holds. Whoever may
   * create the group does so for a line that arrives after its end, and the next deployment would find the name taken.
   * What another stack owns, or no stack, goes later than this stack or never: there is nothing to wait for.
   */
  deleteAfter(...late: readonly IConstruct[]): void {
    for (const construct of late) {
      if (Stack.of(construct) === Stack.of(this)) {
        construct.node.defaultChild?.node.addDependency(this);
      }
    }
  }
}
