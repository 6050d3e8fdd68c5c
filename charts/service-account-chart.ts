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
  /** Whether its pods get a token for the Kubernetes API, too. */
  readonly kubernetesApi: boolean;
}

/**
 * A ServiceAccount whose pods get an IAM role. EKS mounts the token for AWS by itself.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export class ServiceAccountChart extends Chart {
  constructor(scope: Construct, id: string, props: ServiceAccountChartProps) {
    super(scope, id, { namespace: props.namespace });

    new k8s.KubeServiceAccount(this, 'ServiceAccount', {
      metadata: { name: props.name, annotations: { 'eks.amazonaws.com/role-arn': props.roleArn } },
      automountServiceAccountToken: props.kubernetesApi,
    });
  }
}
