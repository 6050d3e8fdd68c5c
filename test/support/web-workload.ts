import type { Construct } from 'constructs';
import { restrictedContainer, restrictedPod } from '../../charts/restricted-pod';
import type { FargateOnlyCluster } from '../../lib/constructs/cluster/fargate-only-cluster';
import { FargateWorkload } from '../../lib/constructs/workload/fargate-workload';
import { objectsChart } from './objects-chart';

const metadata = { name: 'web', namespace: 'web' };
const labels = { app: 'web' };

/** The smallest service that nothing is said against: its configuration first, then what runs. */
export class WebWorkload extends FargateWorkload {
  constructor(scope: Construct, id: string, cluster: FargateOnlyCluster) {
    super(scope, id, {
      cluster,
      namespace: 'web',
      profile: {
        name: 'web-profile',
        selectors: [{ namespace: 'web', labels: { compute: 'fargate' } }],
      },
      charts: [
        (app) =>
          objectsChart(
            [
              { apiVersion: 'v1', kind: 'ConfigMap', metadata },
              { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
            ],
            'Settings',
            app,
          ),
        (app) =>
          objectsChart(
            [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: deployment }],
            'Web',
            app,
          ),
      ],
    });
  }
}

const deployment = {
  selector: { matchLabels: labels },
  template: {
    metadata: { labels: { ...labels, compute: 'fargate' } },
    spec: {
      automountServiceAccountToken: false,
      serviceAccountName: 'web',
      securityContext: restrictedPod(1000),
      containers: [
        {
          name: 'web',
          image: 'registry.example/web:1',
          resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '512Mi' } },
          securityContext: restrictedContainer,
        },
      ],
    },
  },
};
