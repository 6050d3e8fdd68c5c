import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

export interface TargetGroupBindingChartProps {
  /** Name of the binding. One for each target group: a binding cannot be given another. */
  readonly name: string;
  /** Namespace of the Service. */
  readonly namespace: string;
  /** Name of the Service whose pods become targets. */
  readonly service: string;
  /** Port of the Service. */
  readonly servicePort: number;
  /** The target group, of target type IP. */
  readonly targetGroupArn: string;
}

/**
 * Has the AWS Load Balancer Controller keep the pods of a Service in a target group that CloudFormation owns.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/
 */
export class TargetGroupBindingChart extends Chart {
  constructor(scope: Construct, id: string, props: TargetGroupBindingChartProps) {
    super(scope, id, { namespace: props.namespace });

    // A custom resource, for which cdk8s-plus has no class.
    new ApiObject(this, 'TargetGroupBinding', {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata: { name: props.name },
      spec: {
        serviceRef: { name: props.service, port: props.servicePort },
        targetGroupARN: props.targetGroupArn,
        // Fargate pods have no node port: their own addresses are the targets.
        targetType: 'ip',
      },
    });
  }
}
