import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Manifest } from '../../fargate/manifest/manifest';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';

export interface GitManifestProps {
  /** The cluster that gets the objects. */
  readonly cluster: FargateOnlyCluster;
  /** The chart that is applied from git. */
  readonly chart: Chart;
}

/**
 * A chart that Argo CD applies, from what `npm run manifests` wrote into a repository. The Fargate rules judge it, and every
 * command knows it, as if the stack applied it. The template has nothing of it.
 */
export class GitManifest extends Construct {
  constructor(scope: Construct, id: string, { cluster, chart }: GitManifestProps) {
    super(scope, id);

    const objects = chart.toJson() as readonly Manifest[];
    cluster.plan.addObjects(this, { objects, appliedBy: 'git' });
  }
}
