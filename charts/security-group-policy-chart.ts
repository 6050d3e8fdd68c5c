import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

export interface SecurityGroupPolicyChartProps {
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Name of the policy. */
  readonly name: string;
  /** Labels of the pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** IDs of the security groups that the pods get instead of that of the cluster. */
  readonly groupIds: readonly string[];
}

/**
 * Gives pods security groups of their own, when they start.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/sg-pods-example-deployment.html
 */
export class SecurityGroupPolicyChart extends Chart {
  constructor(scope: Construct, id: string, props: SecurityGroupPolicyChartProps) {
    super(scope, id, { namespace: props.namespace });

    // A custom resource, for which cdk8s-plus has no class.
    new ApiObject(this, 'SecurityGroupPolicy', {
      apiVersion: 'vpcresources.k8s.aws/v1beta1',
      kind: 'SecurityGroupPolicy',
      metadata: { name: props.name },
      spec: {
        podSelector: { matchLabels: props.podLabels },
        securityGroups: { groupIds: props.groupIds },
      },
    });
  }
}
