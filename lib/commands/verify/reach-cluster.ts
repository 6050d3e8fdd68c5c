import type { Deadline } from './clock';
import { CouldNotLook } from './could-not-look';
import type { DeployedStack } from './deployed-stack';
import type { ExpectedState } from './expected';
import { UnusableKubeconfig } from './kubeconfig';
import type { Progress } from './progress';
import type { AwsReader } from './read-aws';
import { openCluster, type KubernetesReader } from './read-kubernetes';
import { waitForRollout } from './wait-for-rollout';

/** Either a cluster that was looked at, or why it could not be. */
export type ClusterAccess =
  | { readonly cluster: KubernetesReader }
  | {
      readonly problem: string;
      /** Whether trying again is no use. */
      readonly isFinal: boolean;
    };

/**
 * Opens the cluster and waits for the rollout.
 *
 * @param contextName context of the kubeconfig; its current one if null
 */
export async function reachCluster(
  { workloads }: ExpectedState,
  { clusterName, updateKubeconfigCommand }: DeployedStack,
  aws: AwsReader,
  contextName: string | null,
  deadline: Deadline,
  progress: Progress,
): Promise<ClusterAccess> {
  try {
    const endpoint = await aws.clusterEndpoint(clusterName);
    const cluster = await openCluster({ ...endpoint, updateKubeconfigCommand }, contextName);
    const namespaces = [...new Set(workloads.map(({ namespace }) => namespace))];
    await waitForRollout(workloads, () => cluster.workloads(namespaces), deadline, progress);
    return { cluster };
  } catch (error) {
    if (error instanceof CouldNotLook) {
      return { problem: error.message, isFinal: error instanceof UnusableKubeconfig };
    }
    throw error;
  }
}
