import { Annotations, Aspects, type RemovalPolicy } from 'aws-cdk-lib';
import { KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import type { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { CheckResult, PodPlan } from './fargate/check-manifests';
import { formatCapacity } from './fargate/pod-size';
import type { FargateOnlyCluster } from './fargate-only-cluster';
import type { Manifest } from './fargate-plan';

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

/**
 * Applies a chart to the cluster, once the Fargate rules have nothing against it.
 *
 * Findings that are errors stop the synthesis, all at once; warnings can be acknowledged by their id,
 * `eks-fargate:<rule>` (docs/rules.md). Each workload is announced with its replicas, size and profile.
 */
export class CheckedManifest extends Construct {
  constructor(scope: Construct, id: string, props: CheckedManifestProps) {
    super(scope, id);

    const { plan } = props.cluster;
    // Rendered once: what is checked is what is applied. Every rendering also validates the whole cdk8s app.
    const objects = props.chart.toJson() as Manifest[];
    plan.addObjects(this, objects);

    new KubernetesManifest(this, 'Resource', {
      cluster: props.cluster.cluster,
      // A copy, because KubernetesManifest writes its prune label into what it gets.
      manifest: structuredClone(objects) as Record<string, unknown>[],
      overwrite: true,
      prune: props.prune,
      removalPolicy: props.removalPolicy,
    });

    this.node.addValidation({ validate: () => errors(plan.checkOf(this)) });
    Aspects.of(this).add({
      visit: (node: IConstruct) => {
        if (node === this) annotate(this, plan.checkOf(this));
      },
    });
  }
}

function errors({ findings }: CheckResult): string[] {
  return findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

function annotate(construct: Construct, { pods, findings }: CheckResult): void {
  const annotations = Annotations.of(construct);
  for (const pod of pods) annotations.addInfo(describe(pod));
  for (const { severity, rule, message } of findings) {
    if (severity === 'warning') annotations.addWarningV2(`eks-fargate:${rule}`, message);
  }
}

/** For example `Deployment checkout/checkout: 3 x 1vCPU 3GB on profile checkout-profile`. */
function describe({ object, count, size, profile }: PodPlan): string {
  return `${object}: ${count ?? 'any number'} x ${size ? formatCapacity(size) : 'unknown size'} on ${profile ? `profile ${profile}` : 'no profile'}`;
}
