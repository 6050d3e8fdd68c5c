import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

export interface CpuAutoscalerProps {
  /** Name of the Deployment to scale, in the namespace of the chart. It sets no replicas of its own. */
  readonly deployment: string;
  /** Fewest pods. */
  readonly minReplicas: number;
  /** Most pods. */
  readonly maxReplicas: number;
  /** CPU that the pods may use on average, in percent of what their containers request. */
  readonly targetCpuPercent: number;
}

/**
 * Scales a Deployment by the CPU that its pods use. The cluster requires the setting `autoscaling`, and every container a
 * CPU request.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class CpuAutoscaler extends Construct {
  constructor(scope: Construct, id: string, props: CpuAutoscalerProps) {
    super(scope, id);

    new k8s.KubeHorizontalPodAutoscalerV2(this, 'Default', {
      metadata: { name: props.deployment },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: props.deployment },
        minReplicas: props.minReplicas,
        maxReplicas: props.maxReplicas,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: props.targetCpuPercent },
            },
          },
        ],
      },
    });
  }
}
