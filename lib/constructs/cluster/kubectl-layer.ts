import { KubectlV28Layer } from '@aws-cdk/lambda-layer-kubectl-v28';
import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { KubectlVersion, KubernetesRelease } from '../../config/kubernetes-releases';

const layers: Record<KubectlVersion, new (scope: Construct, id: string) => ILayerVersion> = {
  '1.28': KubectlV28Layer,
  '1.36': KubectlV36Layer,
};

/**
 * The Lambda layer with the kubectl and helm for a cluster.
 *
 * @throws if the release is paired with a kubectl more than one minor version away.
 * @see https://kubernetes.io/releases/version-skew-policy/#kubectl
 */
export function kubectlLayer(scope: Construct, id: string, release: KubernetesRelease): ILayerVersion {
  const { version, kubectl } = release;
  const skew = Math.abs(minor(version) - minor(kubectl));
  if (skew > 1) {
    throw new Error(
      `Kubernetes ${version} is paired with kubectl ${kubectl}, ${skew} minor versions apart: kubectl is supported within one. Fix the row in lib/config/kubernetes-releases.ts.`,
    );
  }
  return new layers[kubectl](scope, id);
}

function minor(version: string): number {
  return Number(version.split('.')[1]);
}
