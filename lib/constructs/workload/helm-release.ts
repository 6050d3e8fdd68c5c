import { Duration } from 'aws-cdk-lib';
import { HelmChart } from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import { chartFolder } from '../../config/registry';
import { markChecked } from '../../synthesis/unchecked-resources';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';

/** A version of a chart, where its authors publish it. */
export interface PublishedChart {
  /** URL of the Helm repository. */
  readonly repository: string;
  /** Name of the chart. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
}

export interface HelmReleaseProps {
  /** The cluster to install it on. */
  readonly cluster: FargateOnlyCluster;
  /** The chart, which is also the name of the release. */
  readonly chart: PublishedChart;
  /** Namespace of its objects. It must exist. */
  readonly namespace: string;
  /** Values of the chart. */
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * A Helm chart that a block installs, whose pods the block has put into the plan. It comes from its authors, or from the
 * registry of the cluster, if that has one: `oci://REGISTRY/charts/NAME`.
 */
export class HelmRelease extends HelmChart {
  constructor(scope: Construct, id: string, { cluster, chart, namespace, values }: HelmReleaseProps) {
    const { registry } = cluster;
    super(scope, id, {
      cluster: cluster.cluster,
      repository: registry ? `oci://${registry}/${chartFolder}/${chart.name}` : chart.repository,
      chart: chart.name,
      release: chart.name,
      namespace,
      createNamespace: false,
      version: chart.version,
      // Webhooks must answer before the first object that they look at.
      wait: true,
      // A release that failed would block the next one.
      atomic: true,
      // Less than the 15 minutes after which the kubectl handler itself ends, and cannot say why.
      timeout: Duration.minutes(10),
      values: { ...values },
    });
    cluster.podPrerequisites.precede(this);
    markChecked(this);
  }
}
