import { Yaml } from 'cdk8s';
import { CheckoutChart } from '../../charts/checkout/checkout-chart';
import { checkoutVariantNames, checkoutVariants } from '../../charts/checkout/variants';
import { checkoutObjects } from './support/checkout-charts';
import { pick, render } from '../support/render';

const serviceSelector = {
  'app.kubernetes.io/name': 'checkout',
  'app.kubernetes.io/instance': 'checkout',
  'app.kubernetes.io/component': 'service',
};
const redisSelector = { ...serviceSelector, 'app.kubernetes.io/component': 'redis' };

describe.each(checkoutVariantNames)('variant %s', (name) => {
  const objects = checkoutObjects(name);

  test('is the snapshot', () => {
    expect(Yaml.stringify(...objects)).toMatchSnapshot();
  });

  test.each(['checkout', 'checkout-redis'])('pods of %s pass Pod Security "restricted"', (deployment) => {
    const { spec } = pick(objects, 'Deployment', deployment).spec.template;
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: expect.any(Number),
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.containers).toHaveLength(1);
    expect(spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(spec.automountServiceAccountToken).toBe(false);
  });

  test.each(['checkout', 'checkout-redis'])(
    'pods of %s carry the label that Fargate selects by',
    (deployment) => {
      const { template } = pick(objects, 'Deployment', deployment).spec;
      expect(template.metadata.labels).toMatchObject({
        fargate: 'yes',
        'app.kubernetes.io/created-by': 'eks-workshop',
      });
    },
  );

  test('selectors are the three fixed labels, and the pods have them', () => {
    for (const [deployment, selector] of [
      ['checkout', serviceSelector],
      ['checkout-redis', redisSelector],
    ] as const) {
      const { spec } = pick(objects, 'Deployment', deployment);
      expect(spec.selector).toEqual({ matchLabels: selector });
      expect(spec.template.metadata.labels).toMatchObject(selector);
      expect(pick(objects, 'Service', deployment).spec.selector).toEqual(selector);
    }
  });
});

describe('what each variant asks for', () => {
  const deployment = (name: (typeof checkoutVariantNames)[number]) =>
    pick(checkoutObjects(name), 'Deployment', 'checkout').spec;

  test('labelled: the workshop’s size, one replica', () => {
    expect(deployment('labelled').replicas).toBe(1);
    expect(deployment('labelled').template.spec.containers[0].resources).toEqual({
      requests: { cpu: '250m', memory: '512Mi' },
      limits: { memory: '512Mi' },
    });
  });

  test('resized: 1 vCPU and 2.5G, to the letter', () => {
    expect(deployment('resized').replicas).toBe(1);
    expect(deployment('resized').template.spec.containers[0].resources).toEqual({
      requests: { cpu: '1', memory: '2.5G' },
      limits: { memory: '2.5G' },
    });
  });

  test('scaled: three replicas of the resized', () => {
    expect(deployment('scaled')).toEqual({ ...deployment('resized'), replicas: 3 });
  });

  test('resized differs from labelled in the resources alone', () => {
    const labelled = deployment('labelled');
    labelled.template.spec.containers[0].resources =
      deployment('resized').template.spec.containers[0].resources;
    expect(labelled).toEqual(deployment('resized'));
  });

  test('only the checkout Deployment differs between variants', () => {
    const others = checkoutVariantNames.map((name) =>
      checkoutObjects(name).filter(
        ({ kind, metadata }) => kind !== 'Deployment' || metadata.name !== 'checkout',
      ),
    );
    expect(others[1]).toEqual(others[0]);
    expect(others[2]).toEqual(others[0]);
  });
});

describe('the checkout service, as in the workshop', () => {
  const objects = checkoutObjects('labelled');
  const { spec } = pick(objects, 'Deployment', 'checkout');
  const container = spec.template.spec.containers[0];

  test('reads its configuration from the ConfigMap', () => {
    expect(container.envFrom).toEqual([{ configMapRef: { name: 'checkout' } }]);
    expect(pick(objects, 'ConfigMap', 'checkout').data).toEqual({
      RETAIL_CHECKOUT_PERSISTENCE_PROVIDER: 'redis',
      RETAIL_CHECKOUT_PERSISTENCE_REDIS_URL: 'redis://checkout-redis:6379',
      RETAIL_CHECKOUT_ENDPOINTS_ORDERS: 'http://orders.orders.svc:80',
    });
  });

  test('is alive on /health, and ready there too', () => {
    expect(container.livenessProbe).toEqual({
      httpGet: { path: '/health', port: 8080 },
      initialDelaySeconds: 30,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    });
    expect(container.readinessProbe.httpGet).toEqual({ path: '/health', port: 8080 });
  });

  test('writes to memory only', () => {
    expect(container.volumeMounts).toEqual([{ name: 'tmp-volume', mountPath: '/tmp' }]);
    expect(spec.template.spec.volumes).toEqual([
      { name: 'tmp-volume', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
    ]);
  });

  test('is scraped by Prometheus', () => {
    expect(spec.template.metadata.annotations).toMatchObject({
      'prometheus.io/path': '/metrics',
      'prometheus.io/port': '8080',
      'prometheus.io/scrape': 'true',
    });
  });

  test('runs as its own service account', () => {
    expect(spec.template.spec.serviceAccountName).toBe('checkout');
    expect(pick(objects, 'ServiceAccount', 'checkout').automountServiceAccountToken).toBe(false);
  });

  test('is reached on port 80, redis on 6379', () => {
    expect(pick(objects, 'Service', 'checkout').spec).toMatchObject({
      type: 'ClusterIP',
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    });
    expect(container.ports).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
    expect(pick(objects, 'Service', 'checkout-redis').spec.ports).toEqual([
      { name: 'redis', port: 6379, targetPort: 'redis', protocol: 'TCP' },
    ]);
  });

  test('keeps every replica through a rolling update', () => {
    expect(spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
  });

  test('has a disruption budget that lets a single replica be evicted', () => {
    const budget = pick(objects, 'PodDisruptionBudget', 'checkout');
    expect(budget.apiVersion).toBe('policy/v1');
    expect(budget.spec).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: serviceSelector },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  test('starts new pods when its configuration changes', () => {
    const checksum = (environment: Record<string, string>) =>
      render(
        (app) =>
          new CheckoutChart(app, 'checkout', {
            variant: checkoutVariants.labelled,
            image: 'checkout:1',
            environment,
          }),
      )[0]!.spec.template.metadata.annotations['checksum/config'];
    expect(checksum({ A: '1' })).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum({ A: '2' })).not.toBe(checksum({ A: '1' }));
  });
});

test('the namespace enforces Pod Security "restricted" at the version of the cluster', () => {
  expect(pick(checkoutObjects('labelled'), 'Namespace', 'checkout').metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/enforce-version': 'v1.36',
  });
});
