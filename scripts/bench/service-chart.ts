import { Chart, type App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { restrictedContainer, restrictedPod } from '../../charts/restricted-pod';

/** A Service, a disruption budget and a Deployment like that of checkout. */
export function serviceChart(charts: App, name: string): Chart {
  const chart = new Chart(charts, 'Service', { namespace: name });
  const labels = {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'service',
  };
  new k8s.KubeService(chart, 'Service', {
    metadata: { name },
    spec: {
      selector: labels,
      ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http') }],
    },
  });
  new k8s.KubePodDisruptionBudget(chart, 'DisruptionBudget', {
    metadata: { name },
    spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: labels } },
  });
  const health = { httpGet: { path: '/health', port: k8s.IntOrString.fromNumber(8080) } };
  new k8s.KubeDeployment(chart, 'Deployment', {
    metadata: { name },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: restrictedPod(1000),
          containers: [
            {
              name: 'service',
              image: 'registry.example/service:1.0.0',
              ports: [{ name: 'http', containerPort: 8080 }],
              livenessProbe: { ...health, initialDelaySeconds: 30 },
              readinessProbe: health,
              resources: {
                requests: { cpu: k8s.Quantity.fromString('250m'), memory: k8s.Quantity.fromString('512Mi') },
                limits: { memory: k8s.Quantity.fromString('512Mi') },
              },
              securityContext: restrictedContainer,
              volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
            },
          ],
          volumes: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
  });
  return chart;
}
