import { createHash } from 'node:crypto';
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { redisUrl, redisUrlVariable } from './dependencies-chart';
import { checkoutNamespace, createdBy, selectorLabels } from './labels';
import type { CheckoutVariant } from './variants';
import { restrictedContainer, restrictedPod } from '../restricted-pod';

/** Port the checkout container listens on. */
const containerPort = 8080;

export interface CheckoutChartProps {
  /** What this step of the lab asks of the Deployment. */
  readonly variant: CheckoutVariant;
  /** Image of the checkout service, with tag or digest. */
  readonly image: string;
  /** The ConfigMap the container reads as environment; a change of its data rolls the pods. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Secret with the password of redis.
   *
   * @default - redis has none
   */
  readonly redisPassword?: k8s.SecretKeySelector;
}

/** The checkout Deployment, and nothing else: the one object in which two variants differ. */
export class CheckoutChart extends Chart {
  constructor(scope: Construct, id: string, props: CheckoutChartProps) {
    super(scope, id, { namespace: checkoutNamespace });

    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: { name: 'checkout', labels: { ...createdBy, 'app.kubernetes.io/type': 'app' } },
      spec: {
        replicas: props.variant.replicas,
        selector: { matchLabels: selectorLabels('service') },
        strategy: {
          type: 'RollingUpdate',
          // A new Fargate node takes a minute or more: keep the old pod until the new one is ready.
          rollingUpdate: {
            maxSurge: k8s.IntOrString.fromNumber(1),
            maxUnavailable: k8s.IntOrString.fromNumber(0),
          },
        },
        template: {
          metadata: {
            annotations: {
              'checksum/config': checksum(props.environment),
              'prometheus.io/path': '/metrics',
              'prometheus.io/port': String(containerPort),
              'prometheus.io/scrape': 'true',
            },
            labels: { ...selectorLabels('service'), ...createdBy, ...props.variant.podLabels },
          },
          spec: {
            serviceAccountName: 'checkout',
            automountServiceAccountToken: false,
            securityContext: restrictedPod(1000),
            containers: [
              {
                name: 'checkout',
                image: props.image,
                imagePullPolicy: 'IfNotPresent',
                envFrom: [{ configMapRef: { name: 'checkout' } }],
                env: props.redisPassword && [
                  { name: 'REDIS_PASSWORD', valueFrom: { secretKeyRef: props.redisPassword } },
                  // In place of that of the ConfigMap. Kubernetes fills in the variable above.
                  { name: redisUrlVariable, value: redisUrl(':$(REDIS_PASSWORD)@') },
                ],
                ports: [{ name: 'http', containerPort, protocol: 'TCP' }],
                // A minute of failures: a pod that is busy leaves the Service, and is not restarted for it.
                livenessProbe: {
                  httpGet: { path: '/health', port: k8s.IntOrString.fromNumber(containerPort) },
                  initialDelaySeconds: 30,
                  periodSeconds: 10,
                  timeoutSeconds: 5,
                  failureThreshold: 6,
                },
                readinessProbe: {
                  httpGet: { path: '/health', port: k8s.IntOrString.fromNumber(containerPort) },
                  periodSeconds: 5,
                },
                resources: quantities(props.variant.resources),
                securityContext: restrictedContainer,
                volumeMounts: [{ name: 'tmp-volume', mountPath: '/tmp' }],
              },
            ],
            // It counts as memory of the container.
            volumes: [
              {
                name: 'tmp-volume',
                emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('64Mi') },
              },
            ],
          },
        },
      },
    });
  }
}

/** Pods read a ConfigMap only when they start: its checksum in the pod template starts new ones. */
function checksum(environment: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(environment)).digest('hex');
}

function quantities(resources: CheckoutVariant['resources']): k8s.ResourceRequirements {
  const { requests, limits } = resources;
  return {
    requests: {
      cpu: k8s.Quantity.fromString(requests.cpu),
      memory: k8s.Quantity.fromString(requests.memory),
    },
    limits: { memory: k8s.Quantity.fromString(limits.memory) },
  };
}
