import { RemovalPolicy } from 'aws-cdk-lib';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { NamespaceChart } from '../../../charts/namespace-chart';
import { CheckedManifest } from './checked-manifest';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';

/** Makes a chart in a cdk8s app of its own: rendering a chart validates all charts of its app. */
export type ChartFactory = (app: cdk8s.App) => cdk8s.Chart;

export interface FargateWorkloadProps {
  /** The cluster to run on. A Fargate profile of it must match the pods. */
  readonly cluster: FargateOnlyCluster;
  /** Namespace to create for the workload. */
  readonly namespace: string;
  /**
   * Labels of the namespace besides those of Pod Security.
   *
   * @default - none
   */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /**
   * Charts to apply, by construct id, each after the one before. An id is part of the logical ID: after a rename
   * CloudFormation first applies the objects under the new one, and then deletes them by name under the old one.
   * How to rename without losing them: docs/adding-a-workload.md.
   */
  readonly charts: Readonly<Record<string, ChartFactory>>;
}

/** A service on Fargate: its namespace, then its charts in order, once the cluster can run pods. */
export class FargateWorkload extends Construct {
  constructor(scope: Construct, id: string, props: FargateWorkloadProps) {
    super(scope, id);

    const { cluster } = props;
    // On its own, not pruned and retained: a namespace takes everything in it along when it goes.
    let previous = new CheckedManifest(this, 'Namespace', {
      cluster,
      chart: new NamespaceChart(new cdk8s.App(), 'namespace', {
        name: props.namespace,
        podSecurityVersion: cluster.plan.kubernetesVersion,
        labels: props.namespaceLabels,
      }),
      prune: false,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const [chartId, createChart] of Object.entries(props.charts)) {
      const manifest = new CheckedManifest(this, chartId, { cluster, chart: createChart(new cdk8s.App()) });
      manifest.node.addDependency(previous, cluster.readyForPods);
      previous = manifest;
    }
  }
}
