import { CouldNotLook } from '../could-not-look';
import { find, type Aws } from './aws-cli';

/** A cluster, as EKS describes it. */
export interface ClusterState {
  readonly status: string;
  readonly version: string;
  readonly endpoint?: string;
  readonly resourcesVpcConfig?: {
    readonly endpointPublicAccess?: boolean;
    readonly publicAccessCidrs?: readonly string[];
  };
}

export async function findCluster(aws: Aws, name: string): Promise<ClusterState | undefined> {
  return find<ClusterState>(aws, 'cluster', 'eks describe-cluster', { name });
}

/** The API server of a cluster. */
export interface ApiServer {
  readonly clusterName: string;
  readonly region: string;
  readonly url: string;
  /** IP ranges that may reach it from outside the VPC; none means that it is private. */
  readonly publicCidrs: readonly string[];
}

/** @throws CouldNotLook if there is no cluster, or it is not up yet. */
export function apiServerOf(
  cluster: ClusterState | undefined,
  clusterName: string,
  region: string,
): ApiServer {
  if (cluster === undefined) {
    throw new CouldNotLook(
      `the stack made a cluster ${clusterName}, and region ${region} has none`,
      'Somebody deleted it by hand: destroy the stack and deploy it again',
    );
  }
  const {
    endpoint: url,
    status,
    resourcesVpcConfig: { endpointPublicAccess = false, publicAccessCidrs = [] } = {},
  } = cluster;
  if (url === undefined) {
    throw new CouldNotLook(
      `cluster ${clusterName} has no API server yet: it is ${status}`,
      'Look again when it is ACTIVE',
    );
  }
  return { clusterName, region, url, publicCidrs: endpointPublicAccess ? publicAccessCidrs : [] };
}
