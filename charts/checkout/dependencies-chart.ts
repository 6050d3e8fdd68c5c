import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { checkoutNamespace, createdBy, selectorLabels } from './labels';
import { restrictedContainer, restrictedPod } from '../restricted-pod';

/** Port redis listens on. */
export const redisPort = 6379;

/** The variable of the checkout container with the URL of redis. */
export const redisUrlVariable = 'RETAIL_CHECKOUT_PERSISTENCE_REDIS_URL';

/** URL of redis, with `USER:PASSWORD@` if it has a password. */
export function redisUrl(credentials = ''): string {
  return `redis://${credentials}checkout-redis:${redisPort}`;
}

/** The environment of the checkout container: where it keeps carts, and where it sends orders. */
export function checkoutEnvironment(ordersEndpoint: string): Record<string, string> {
  return {
    RETAIL_CHECKOUT_PERSISTENCE_PROVIDER: 'redis',
    [redisUrlVariable]: redisUrl(),
    RETAIL_CHECKOUT_ENDPOINTS_ORDERS: ordersEndpoint,
  };
}

export interface CheckoutDependenciesChartProps {
  /** Data of the ConfigMap `checkout`, from {@link checkoutEnvironment}. */
  readonly environment: Readonly<Record<string, string>>;
  /** Image of redis, with tag or digest. */
  readonly redisImage: string;
  /** Labels that put the redis pod on Fargate: nothing else here could run it. */
  readonly redisPodLabels: Readonly<Record<string, string>>;
  /**
   * Secret with the password of redis.
   *
   * @default - redis has none
   */
  readonly redisPassword?: k8s.SecretKeySelector;
}

/**
 * What the checkout Deployment needs, the same in every variant: configuration, identity, Services,
 * a disruption budget, and redis.
 */
export class CheckoutDependenciesChart extends Chart {
  constructor(scope: Construct, id: string, props: CheckoutDependenciesChartProps) {
    super(scope, id, { namespace: checkoutNamespace });

    new k8s.KubeConfigMap(this, 'ConfigMap', {
      metadata: { name: 'checkout', labels: createdBy },
      data: props.environment,
    });
    new k8s.KubeServiceAccount(this, 'ServiceAccount', {
      metadata: { name: 'checkout', labels: createdBy },
      automountServiceAccountToken: false,
    });
    new k8s.KubeService(this, 'Service', {
      metadata: { name: 'checkout', labels: createdBy },
      spec: {
        type: 'ClusterIP',
        selector: selectorLabels('service'),
        ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: k8s.IntOrString.fromString('http') }],
      },
    });
    new k8s.KubePodDisruptionBudget(this, 'DisruptionBudget', {
      metadata: { name: 'checkout', labels: createdBy },
      spec: {
        // Not minAvailable: 1, which would block the eviction of a single replica, and with it Fargate's patching.
        maxUnavailable: k8s.IntOrString.fromNumber(1),
        // By default a single replica that is not ready could not be evicted: none more may be unavailable.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: selectorLabels('service') },
      },
    });
    this.addRedis(props);
  }

  private addRedis(props: CheckoutDependenciesChartProps): void {
    const team = { 'app.kubernetes.io/team': 'database' };

    new k8s.KubeService(this, 'RedisService', {
      metadata: { name: 'checkout-redis', labels: { ...createdBy, ...team } },
      spec: {
        type: 'ClusterIP',
        selector: selectorLabels('redis'),
        ports: [
          {
            name: 'redis',
            port: redisPort,
            protocol: 'TCP',
            targetPort: k8s.IntOrString.fromString('redis'),
          },
        ],
      },
    });
    // 256Mi, with the 256Mi that Fargate adds, fill its smallest size exactly.
    const resources = {
      cpu: k8s.Quantity.fromString('250m'),
      memory: k8s.Quantity.fromString('256Mi'),
    };
    const ping = { exec: { command: ['redis-cli', 'ping'] } };
    new k8s.KubeDeployment(this, 'RedisDeployment', {
      metadata: { name: 'checkout-redis', labels: { ...createdBy, ...team } },
      spec: {
        replicas: 1,
        selector: { matchLabels: selectorLabels('redis') },
        template: {
          metadata: {
            labels: { ...selectorLabels('redis'), ...createdBy, ...team, ...props.redisPodLabels },
          },
          spec: {
            automountServiceAccountToken: false,
            // User "redis" of the Alpine image.
            securityContext: restrictedPod(999),
            containers: [
              {
                name: 'redis',
                image: props.redisImage,
                imagePullPolicy: 'IfNotPresent',
                // By this variable redis-cli, which the probes run, knows the password.
                env: props.redisPassword && [
                  { name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: props.redisPassword } },
                ],
                args: props.redisPassword && ['--requirepass', '$(REDISCLI_AUTH)'],
                ports: [{ name: 'redis', containerPort: redisPort, protocol: 'TCP' }],
                livenessProbe: { ...ping, initialDelaySeconds: 30, periodSeconds: 10, timeoutSeconds: 5 },
                readinessProbe: { ...ping, periodSeconds: 5, timeoutSeconds: 5 },
                resources: { requests: resources, limits: resources },
                securityContext: restrictedContainer,
                volumeMounts: [{ name: 'data', mountPath: '/data' }],
              },
            ],
            volumes: [{ name: 'data', emptyDir: {} }],
          },
        },
      },
    });
  }
}
