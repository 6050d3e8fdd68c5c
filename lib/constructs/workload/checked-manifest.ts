import { Annotations, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Manifest } from '../../fargate/manifest/manifest';
import { manifestBytes, mostEventBytes } from '../../fargate/manifest/manifest-size';
import type { FargateOnlyCluster } from '../cluster/fargate-only-cluster';
import { enforceStackLimits } from '../../synthesis/stack-limits';
import { markChecked } from '../../synthesis/unchecked-resources';

export interface CheckedManifestProps {
  /** The cluster that gets the objects. */
  readonly cluster: FargateOnlyCluster;
  /** The chart to apply. */
  readonly chart: Chart;
  /**
   * Whether `kubectl apply` deletes objects that leave the chart, of the kinds that its pruning knows: not
   * ServiceAccounts, PodDisruptionBudgets, HorizontalPodAutoscalers, NetworkPolicies and RBAC (docs/adding-a-workload.md).
   * Not for a Namespace: with it would go everything in it.
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
  constructor(scope: Construct, id: string, props: CheckedManifestProps) {
    super(scope, id);

    // Here, so that no stack with workloads is without.
    enforceStackLimits(Stack.of(this));

    // Rendered once: what is checked is what is applied. Every rendering also validates the whole cdk8s app.
    const objects = props.chart.toJson() as readonly Manifest[];
    const prune = props.prune ?? true;
    this.node.addValidation({ validate: () => tooLargeTogether(objects) });
    if (prune) {
      this.node.addValidation({ validate: () => prunedNamespaces(objects) });
      for (const message of prunedSecrets(objects)) {
        Annotations.of(this).addWarningV2('eks-fargate:pruned-secret', message);
      }
    }

    // KubernetesManifest writes its prune label into what it gets.
    const applied = structuredClone(objects) as Manifest[];
    new KubernetesManifest(this, 'Resource', {
      cluster: props.cluster.cluster,
      manifest: applied as Record<string, unknown>[],
      overwrite: true,
      prune: props.prune,
      removalPolicy: props.removalPolicy,
    });
    const { plan } = props.cluster;
    plan.addObjects(this, {
      objects,
      appliedBy: 'stack',
      pruneLabel: prune ? pruneLabel(applied) : undefined,
      retained: (props.removalPolicy ?? RemovalPolicy.DESTROY) !== RemovalPolicy.DESTROY,
    });
    markChecked(this);
  }
}

/** All objects go to the kubectl handler in one event. Rule manifest-size judges each on its own. */
function tooLargeTogether(objects: readonly Manifest[]): string[] {
  const bytes = manifestBytes(objects);
  return bytes > mostEventBytes && objects.every((object) => manifestBytes([object]) <= mostEventBytes)
    ? [
        `the ${objects.length} objects of the chart have ${bytes} bytes as JSON, and one event of the kubectl handler holds ${mostEventBytes}. Spread them over several charts.`,
      ]
    : [];
}

/** When a namespace is pruned, what others put into it goes too. */
function prunedNamespaces(objects: readonly Manifest[]): string[] {
  return objects
    .filter(({ kind }) => kind === 'Namespace')
    .map(
      ({ metadata }) =>
        `Namespace ${metadata?.name}: kubectl would delete it, and everything in it, as soon as it leaves the chart. Apply it in a CheckedManifest of its own, with prune: false.`,
    );
}

/** External Secrets gives a Secret the labels of its ExternalSecret, unless a template says which: kubectl's too. */
function prunedSecrets(objects: readonly Manifest[]): string[] {
  return objects
    .filter(({ kind, spec }) => {
      const { target } = (spec ?? {}) as { readonly target?: { readonly template?: unknown } };
      return kind === 'ExternalSecret' && target?.template === undefined;
    })
    .map(
      ({ metadata }) =>
        `ExternalSecret ${metadata?.namespace}/${metadata?.name}: its Secret gets its labels, and kubectl would delete the Secret with the next change of the chart. Write target: { template: {} }, or use externalSecrets.provide (docs/external-secrets.md).`,
    );
}

/** The label that KubernetesManifest gave to every object; it ends in the address of the construct. */
function pruneLabel([object]: readonly Manifest[]): string | undefined {
  return Object.keys(object?.metadata?.labels ?? {}).find((label) => label.startsWith('aws.cdk.eks/prune-'));
}
