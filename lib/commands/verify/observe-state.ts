import type { DeployedStack } from './deployed-stack';
import type { ExpectedState } from './expected';
import type { ObservedState } from './observed';
import { observe } from './observation';
import type { AwsReader } from './read-aws';
import type { KubernetesReader } from './read-kubernetes';

/** Looks at everything that the checks ask about, once. */
export async function observeState(
  expected: ExpectedState,
  stack: DeployedStack,
  aws: AwsReader,
  cluster: KubernetesReader | null,
): Promise<ObservedState> {
  const [role, profile] = await Promise.all([
    aws.role(expected.role.arn),
    aws.profile(stack.clusterName, expected.profile.name),
  ]);
  const subnetIds = 'seen' in profile && profile.seen !== null ? profile.seen.subnetIds : [];
  const [subnets, inCluster] = await Promise.all([aws.subnets(subnetIds), observeCluster(expected, cluster)]);
  return { role, profile, subnets, ...inCluster };
}

type ClusterState = Pick<ObservedState, 'workloads' | 'nodes' | 'events'>;

async function observeCluster(
  { workloads: expected }: ExpectedState,
  cluster: KubernetesReader | null,
): Promise<ClusterState> {
  if (cluster === null) {
    const notSeen = 'could not look at the cluster';
    return { workloads: { notSeen }, nodes: { notSeen }, events: { notSeen } };
  }
  const namespaces = [...new Set(expected.map(({ namespace }) => namespace))];
  const workloads = await observe(() => cluster.workloads(namespaces));
  const pods = 'seen' in workloads ? workloads.seen.pods : [];
  const nodeNames = new Set(pods.flatMap(({ nodeName }) => (nodeName === null ? [] : [nodeName])));
  return {
    workloads,
    nodes: await observe(() => cluster.nodes([...nodeNames])),
    events: await observe(() => cluster.events(namespaces)),
  };
}
