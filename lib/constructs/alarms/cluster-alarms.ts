import type { IKey } from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { PodTermination } from './pod-termination';
import { QuotaAlarm } from './quota-alarm';

export interface ClusterAlarmsProps {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Encrypts the messages. */
  readonly encryptionKey: IKey;
  /** Who gets them, once they have followed the link that AWS sends first. */
  readonly email: string;
}

/** What operators hear of before it hurts, by one topic: pods that Fargate is going to end, and a quota that runs out. */
export class ClusterAlarms extends Construct {
  constructor(scope: Construct, id: string, { clusterName, encryptionKey, email }: ClusterAlarmsProps) {
    super(scope, id);

    const topic = new sns.Topic(this, 'Topic', {
      displayName: clusterName,
      masterKey: encryptionKey,
      enforceSSL: true,
    });
    topic.addSubscription(new EmailSubscription(email));
    new PodTermination(this, 'PodTermination', { clusterName, topic });
    new QuotaAlarm(this, 'Quota', { topic, encryptionKey });
  }
}
