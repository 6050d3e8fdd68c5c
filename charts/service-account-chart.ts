import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

export interface ServiceAccountChartProps {
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Name of the ServiceAccount. */
  readonly name: string;
  /** ARN of the IAM role that its pods get. */
  readonly roleArn: string;
}

/**
 * A ServiceAccount whose pods get an IAM role. EKS mounts the token for AWS by itself; the token for the Kubernetes API
 * stays out of pods that do not ask for it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export class ServiceAccountChart extends Chart {
  constructor(scope: Construct, id: string, { namespace, name, roleArn }: ServiceAccountChartProps) {
    super(scope, id, { namespace });

    new k8s.KubeServiceAccount(this, 'ServiceAccount', {
      metadata: { name, annotations: { 'eks.amazonaws.com/role-arn': roleArn } },
      automountServiceAccountToken: false,
    });
  }
}
