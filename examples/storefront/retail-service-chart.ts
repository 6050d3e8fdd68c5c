import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { restrictedContainer, restrictedPod } from '../../charts/restricted-pod';

export interface RetailServiceChartProps {
  /** Name of the service, of its namespace, and of all its objects. */
  readonly name: string;
  /** Image, with tag or digest. */
  readonly image: string;
  /** Environment variables of the container. */
  readonly environment: Readonly<Record<string, string>>;
  /** Memory of the container, as a Kubernetes quantity. */
  readonly memory: string;
  /**
   * ServiceAccount that the pods run as.
   *
   * @default - that of the namespace, without permissions
   */
  readonly serviceAccountName?: string;
}

/** One of the Java services of the retail store: a Deployment of one pod unless something scales it, and its Service. */
export class RetailServiceChart extends Chart {
  constructor(scope: Construct, id: string, props: RetailServiceChartProps) {
    super(scope, id, { namespace: props.name });

    const labels = { 'app.kubernetes.io/name': props.name };
    const port = k8s.IntOrString.fromString('http');
    const memory = k8s.Quantity.fromString(props.memory);
    new k8s.KubeService(this, 'Service', {
      metadata: { name: props.name },
      spec: { selector: labels, ports: [{ port: 80, targetPort: port }] },
    });
    new k8s.KubePodDisruptionBudget(this, 'DisruptionBudget', {
      metadata: { name: props.name },
      spec: {
        maxUnavailable: k8s.IntOrString.fromNumber(1),
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: labels },
      },
    });
    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: { name: props.name },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: props.serviceAccountName,
            automountServiceAccountToken: false,
            securityContext: restrictedPod(1000),
            containers: [
              {
                name: props.name,
                image: props.image,
                env: Object.entries({ JAVA_OPTS: '-XX:MaxRAMPercentage=75.0', ...props.environment }).map(
                  ([name, value]) => ({ name, value }),
                ),
                ports: [{ name: 'http', containerPort: 8080 }],
                readinessProbe: { httpGet: { path: '/actuator/health/readiness', port } },
                livenessProbe: {
                  httpGet: { path: '/actuator/health/liveness', port },
                  initialDelaySeconds: 60,
                },
                // Requests under way end before the container does: the load balancer learns of it a little later.
                lifecycle: { preStop: { exec: { command: ['sleep', '15'] } } },
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
