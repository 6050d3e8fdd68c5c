import { Annotations, Aspects, Stage } from 'aws-cdk-lib';
import { HelmChart, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import type { IConstruct } from 'constructs';
import { CheckedManifest } from './checked-manifest';

/**
 * Warns of what reaches the cluster past the Fargate rules: `cluster.addManifest`, `addHelmChart` and the like.
 *
 * A warning, because some of it is sound: the ServiceAccount that `addServiceAccount` makes, or a Helm chart
 * that `npm run preflight` has judged. Acknowledge it there by its id, `eks-fargate:unchecked-manifest`.
 *
 * @param scope any construct of the app: a manifest of another stack reaches the cluster as well.
 */
export function warnOfUncheckedManifests(scope: IConstruct): void {
  // Aspects of the app do not reach into a stage of it.
  Aspects.of(Stage.of(scope) ?? scope.node.root).add({
    visit: (node) => {
      if (!isUnchecked(node)) return;
      Annotations.of(node).addWarningV2(
        'eks-fargate:unchecked-manifest',
        `${node.node.path} is applied without the Fargate checks. Apply a chart with CheckedManifest, or check it with npm run preflight -- --file and acknowledge this.`,
      );
    },
  });
}

function isUnchecked(node: IConstruct): boolean {
  return (
    node instanceof HelmChart ||
    (node instanceof KubernetesManifest && !(node.node.scope instanceof CheckedManifest))
  );
}
