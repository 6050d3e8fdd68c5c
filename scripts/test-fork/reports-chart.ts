import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { CpuAutoscaler } from '../../charts/cpu-autoscaler';
import { restrictedContainer, restrictedPod } from '../../charts/restricted-pod';

/** What a team might add first: a service that scales, and a job of every night. */
export class ReportsChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'reports' });

    const labels = { 'app.kubernetes.io/name': 'reports' };
    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: { name: 'reports' },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod('Always') } },
    });
    new CpuAutoscaler(this, 'Autoscaler', {
      deployment: 'reports',
      minReplicas: 1,
      maxReplicas: 4,
      targetCpuPercent: 60,
    });
    new k8s.KubeCronJob(this, 'Nightly', {
      metadata: { name: 'nightly' },
      spec: {
        schedule: '0 3 * * *',
        jobTemplate: { spec: { ttlSecondsAfterFinished: 3600, template: { spec: pod('Never') } } },
      },
    });
  }
}

function pod(restartPolicy: string): k8s.PodSpec {
  const memory = k8s.Quantity.fromString('512Mi');
  return {
    automountServiceAccountToken: false,
    securityContext: restrictedPod(1000),
    restartPolicy,
    containers: [
      {
        name: 'reports',
        image: 'registry.example/reports:1',
        resources: { requests: { cpu: k8s.Quantity.fromString('250m'), memory }, limits: { memory } },
        securityContext: restrictedContainer,
      },
    ],
  };
}
