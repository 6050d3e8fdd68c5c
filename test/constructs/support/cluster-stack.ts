import type { ApiObjectProps } from 'cdk8s';
import { restrictedContainer, restrictedPod } from '../../../charts/restricted-pod';
import type { ChartFactory } from '../../../lib/constructs/workload/fargate-workload';
import { ClusterStack } from '../../../lib/stack/cluster-stack';
import { objectsChart } from '../../support/objects-chart';
import { testApp } from '../../support/test-stack';
import { environmentWith } from '../../support/environment-with';

/** A cluster without a workload, with some settings given as on the command line. */
export function clusterStack(settings: Readonly<Record<string, unknown>> = {}): ClusterStack {
  const environment = environmentWith(settings);
  const { account, region } = environment;
  return new ClusterStack(testApp(), 'Blocks', { environment, env: { account, region } });
}

/** A chart of plain objects. */
export function chartOf(id: string, ...objects: readonly ApiObjectProps[]): ChartFactory {
  return (app) => objectsChart(objects, id, app);
}

/** A Deployment that nothing is said against, but for what is changed in the spec of its pods. */
export function deployment(
  namespace: string,
  name: string,
  podSpec: Readonly<Record<string, unknown>> = {},
): ApiObjectProps {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: restrictedPod(1000),
          containers: [
            {
              name,
              image: `${name}:1`,
              resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } },
              securityContext: restrictedContainer,
            },
          ],
          ...podSpec,
        },
      },
    },
  };
}
