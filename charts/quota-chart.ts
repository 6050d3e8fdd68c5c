import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** The most that the pods of a namespace may be and request together. */
export interface Quota {
  /** How many pods. */
  readonly pods: number;
  /** CPU that their containers request: `4`, `500m`. */
  readonly cpu: string;
  /** Memory that their containers request: `8Gi`. */
  readonly memory: string;
  /**
   * Ephemeral storage that their containers request: `100Gi`. Those that request none count for none.
   *
   * @default - 20Gi for each of the pods, what Fargate gives without a request
   */
  readonly storage?: string;
}

export interface QuotaChartProps extends Quota {
  /** The namespace. */
  readonly namespace: string;
}

/**
 * A quota for a namespace. It allows no Service of type LoadBalancer or NodePort: such a load balancer reaches no Fargate pod,
 * is open to the internet by default, and is billed. The setting `ingress` makes one that works (docs/ingress.md).
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export class QuotaChart extends Chart {
  constructor(scope: Construct, id: string, props: QuotaChartProps) {
    super(scope, id, { namespace: props.namespace });

    new k8s.KubeResourceQuota(this, 'Quota', {
      metadata: { name: props.namespace },
      spec: {
        hard: {
          pods: k8s.Quantity.fromNumber(props.pods),
          'requests.cpu': k8s.Quantity.fromString(props.cpu),
          'requests.memory': k8s.Quantity.fromString(props.memory),
          'requests.ephemeral-storage': k8s.Quantity.fromString(props.storage ?? `${20 * props.pods}Gi`),
          'services.loadbalancers': k8s.Quantity.fromNumber(0),
          'services.nodeports': k8s.Quantity.fromNumber(0),
        },
      },
    });
  }
}
