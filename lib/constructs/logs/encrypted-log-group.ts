import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

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
   * Keeps the group until a VPC is gone, which is late. Whoever may create the group does so for a line that arrives
   * after its end, and the next deployment would find the name taken. A VPC of another stack, or an existing one, goes
   * later than this stack or never: there is nothing to wait for.
   */
  deleteAfter(vpc: IVpc): void {
    if (Stack.of(vpc) === Stack.of(this)) {
      vpc.node.defaultChild?.node.addDependency(this);
    }
  }
}
