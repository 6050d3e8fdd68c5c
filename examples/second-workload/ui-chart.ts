import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { restrictedContainer, restrictedPod } from '../../charts/restricted-pod';

export interface UiChartProps {
  /** Image of the ui service, with tag or digest. */
  readonly image: string;
  /** URL of the checkout service. Without the others (catalog, carts, orders) ui answers for them itself. */
  readonly checkoutEndpoint: string;
}

/** The EKS Workshop's web shop, in front of checkout. */
export class UiChart extends Chart {
  constructor(scope: Construct, id: string, props: UiChartProps) {
    super(scope, id, { namespace: 'ui' });

    const labels = { 'app.kubernetes.io/name': 'ui', 'app.kubernetes.io/component': 'service' };
    const memory = k8s.Quantity.fromString('1.5Gi');
    new k8s.KubeService(this, 'Service', {
      metadata: { name: 'ui' },
      spec: { selector: labels, ports: [{ port: 80, targetPort: k8s.IntOrString.fromString('http') }] },
    });
    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: { name: 'ui' },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            securityContext: restrictedPod(1000),
            containers: [
              {
                name: 'ui',
                image: props.image,
                env: [{ name: 'RETAIL_UI_ENDPOINTS_CHECKOUT', value: props.checkoutEndpoint }],
                ports: [{ name: 'http', containerPort: 8080 }],
                readinessProbe: {
                  httpGet: { path: '/actuator/health/readiness', port: k8s.IntOrString.fromString('http') },
                },
                resources: { requests: { cpu: k8s.Quantity.fromString('250m'), memory }, limits: { memory } },
                securityContext: restrictedContainer,
                volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
              },
            ],
            volumes: [{ name: 'tmp', emptyDir: {} }],
          },
        },
      },
    });
  }
}
