import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { PodLoggingChart } from '../../../charts/pod-logging-chart';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { CheckedManifest } from '../workload/checked-manifest';

export interface PodLoggingProps {
  /** The cluster whose pods are to log. */
  readonly cluster: FargateOnlyCluster;
  /** Log group that receives their output. */
  readonly logGroup: ILogGroup;
}

/** Ships the output of every pod on Fargate to CloudWatch. In place before any pod starts, CoreDNS included. */
export class PodLogging extends Construct {
  constructor(scope: Construct, id: string, { cluster, logGroup }: PodLoggingProps) {
    super(scope, id);

    const manifest = new CheckedManifest(this, 'Manifest', {
      cluster,
      chart: new PodLoggingChart(new cdk8s.App(), 'pod-logging', {
        region: Stack.of(this).region,
        logGroupName: logGroup.logGroupName,
      }),
      // It holds a Namespace, which is never deleted while there is a cluster (docs/decisions/namespace-of-its-own.md).
      prune: false,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    cluster.podPrerequisites.add(manifest);
  }
}
