import { Chart, type App as ChartsApp } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { restrictedContainer, restrictedPod } from '../../charts/restricted-pod';
import { FargateOnlyCluster } from '../../lib/constructs/cluster/fargate-only-cluster';
import { FargateWorkload } from '../../lib/constructs/workload/fargate-workload';
import { createApp } from '../../lib/stack/create-app';

/**
 * The stack with any number of workloads, each a namespace, a Service, a disruption budget and a Deployment like
 * that of checkout: `npx jiti scripts/bench/many-workloads-app.ts 200`
 */
const count = Number(process.argv[2] ?? 1);

const { app } = createApp();
const cluster = app.node.findAll().find((construct) => construct instanceof FargateOnlyCluster)!;
const profile = { name: 'many-profile', selectors: [{ namespace: 'service-*' }] };
// The checkout service is the first.
for (let number = 2; number <= count; number += 1) {
  const name = `service-${number}`;
  new FargateWorkload(cluster, `Service${number}`, {
    cluster,
    namespace: name,
    profile,
    charts: [(charts) => serviceChart(charts, name)],
  });
}
app.synth();

function serviceChart(charts: ChartsApp, name: string): Chart {
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
