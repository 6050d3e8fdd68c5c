import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { EncryptedLogGroup } from './encrypted-log-group';

/** What the names of all log groups of a cluster begin with: `/aws/eks/CLUSTER/`. EKS fixes it for the control plane. */
export function logGroupPrefix(clusterName: string): string {
  return `/aws/eks/${clusterName}/`;
}

export interface LogGroupsProps {
  /** Name of the cluster, which all names contain. */
  readonly clusterName: string;
  /** Key whose policy admits CloudWatch Logs for these names. */
  readonly encryptionKey: IKey;
  /** How long the logs are kept, in days. */
  readonly retention: RetentionDays;
}

/** Makes the log groups of one cluster: same prefix, key and retention. */
export class LogGroups {
  constructor(private readonly props: LogGroupsProps) {}

  /**
   * Makes a log group.
   *
   * @param name the last part of its name, for example `pods`.
   */
  create(scope: Construct, id: string, name: string): EncryptedLogGroup {
    const { clusterName, encryptionKey, retention } = this.props;
    return new EncryptedLogGroup(scope, id, {
      logGroupName: `${logGroupPrefix(clusterName)}${name}`,
      encryptionKey,
      retention,
    });
  }
}
