import type { Manifest } from '../../fargate/manifest/manifest';

/**
 * The kinds that AmazonEKSEditPolicy lets Argo CD write.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
const written = new Set(
  [
    'v1/ConfigMap v1/PersistentVolumeClaim v1/Pod v1/ReplicationController v1/Secret v1/ServiceAccount v1/Service',
    'apps/v1/DaemonSet apps/v1/Deployment apps/v1/ReplicaSet apps/v1/StatefulSet batch/v1/CronJob batch/v1/Job',
    'autoscaling/v1/HorizontalPodAutoscaler autoscaling/v2/HorizontalPodAutoscaler policy/v1/PodDisruptionBudget',
    'networking.k8s.io/v1/Ingress networking.k8s.io/v1/NetworkPolicy',
  ]
    .join(' ')
    .split(' '),
);

/** What is to be said of objects that Argo CD would be refused. */
export function kindsThatItMayNotWrite(objects: readonly Manifest[]): string[] {
  return objects
    .filter(({ apiVersion, kind }) => !written.has(`${apiVersion}/${kind}`))
    .map(
      ({ kind, metadata: { name, namespace } = {} }) =>
        `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}: Argo CD may not write this kind (AmazonEKSEditPolicy). Move it out of the charts of the workload, into a CheckedManifest, which the stack applies.`,
    );
}
