import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge, inlinePolicy } from '../../synthesis/acknowledge';
import { sourceBoundPrincipal } from '../source-bound-principal';

export interface PodTerminationProps {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Where the events go. */
  readonly topic: ITopic;
}

/**
 * The event that EKS sends when it could not evict a pod for a patch, and is going to end it. It comes once.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-patching.html
 */
export class PodTermination extends Construct {
  constructor(scope: Construct, id: string, { clusterName, topic }: PodTerminationProps) {
    super(scope, id);

    const role = new iam.Role(this, 'Role', {
      description: `Publishes the events of the EKS cluster ${clusterName}`,
      assumedBy: sourceBoundPrincipal(this, 'events.amazonaws.com', {
        service: 'events',
        resource: 'rule',
        // The name of the rule is known once the role is there.
        resourceName: '*',
      }),
    });
    new Rule(this, 'Rule', {
      description: `Pods of the EKS cluster ${clusterName} that Fargate is going to end`,
      eventPattern: {
        source: ['aws.eks'],
        detailType: ['EKS Fargate Pod Scheduled Termination'],
        detail: { clusterName: [clusterName] },
      },
      // With a role, and not by the policy of the topic, which could not say whose rules may publish.
      targets: [new SnsTopic(topic, { role })],
    });
    acknowledge(role, [
      { ...inlinePolicy, at: ['DefaultPolicy/Resource'] },
      {
        id: 'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
        reason: 'The wildcard stands for the variants of one action, on the key of the topic only.',
        at: ['DefaultPolicy/Resource'],
      },
    ]);
  }
}
