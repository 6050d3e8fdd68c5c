import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { manifestBytes, mostEventBytes } from '../../fargate/manifest/manifest-size';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import type { Manifest } from '../../synthesis/fargate-plan';
import { reportFindings } from '../../synthesis/report-findings';
import { enforceStackLimits } from '../../synthesis/stack-limits';
import { markChecked } from '../../synthesis/unchecked-resources';

export interface CheckedManifestProps {
  /** The cluster that gets the objects. */
  readonly cluster: FargateOnlyCluster;
  /** The chart to apply. */
  readonly chart: Chart;
  /**
   * Whether `kubectl apply` deletes objects that leave the chart. Not for a Namespace: with it would go
   * everything in it.
   *
   * @default true
   */
  readonly prune?: boolean;
  /**
   * What becomes of the objects when the construct leaves the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Applies a chart to the cluster, once the Fargate rules (docs/rules.md) have nothing against it. */
export class CheckedManifest extends Construct {
  /** The plain objects that are applied. Strings may hold CDK tokens. */
  readonly objects: readonly Manifest[];

  constructor(scope: Construct, id: string, props: CheckedManifestProps) {
    super(scope, id);

    // Here, so that no stack with workloads is without.
    enforceStackLimits(Stack.of(this));

    // Rendered once: what is checked is what is applied. Every rendering also validates the whole cdk8s app.
    this.objects = props.chart.toJson() as Manifest[];
    const { plan } = props.cluster;
    plan.addObjects(this, this.objects);
    reportFindings(this, () => plan.findingsOf(this));
    markChecked(this);
    this.node.addValidation({ validate: () => this.tooLargeTogether() });
    if (props.prune !== false) {
      this.node.addValidation({ validate: () => this.prunedNamespaces() });
    }

    new KubernetesManifest(this, 'Resource', {
      cluster: props.cluster.cluster,
      // A copy, because KubernetesManifest writes its prune label into what it gets.
      manifest: structuredClone(this.objects) as Record<string, unknown>[],
      overwrite: true,
      prune: props.prune,
      removalPolicy: props.removalPolicy,
    });
  }

  /** All objects go to the kubectl handler in one event. Rule manifest-size judges each on its own. */
  private tooLargeTogether(): string[] {
    const bytes = manifestBytes(this.objects);
    return bytes > mostEventBytes && this.objects.every((object) => manifestBytes([object]) <= mostEventBytes)
      ? [
          `the ${this.objects.length} objects of the chart have ${bytes} bytes as JSON, and one event of the kubectl handler holds ${mostEventBytes}. Spread them over several charts.`,
        ]
      : [];
  }

  /** A namespace that is pruned takes along what others put into it. */
  private prunedNamespaces(): string[] {
    return this.objects
      .filter(({ kind }) => kind === 'Namespace')
      .map(
        ({ metadata }) =>
          `Namespace ${(metadata as { name: string }).name}: kubectl would delete it, and everything in it, as soon as it leaves the chart. Apply it in a CheckedManifest of its own, with prune: false.`,
      );
  }
}
