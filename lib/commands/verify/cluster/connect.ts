import { CouldNotLook } from '../../could-not-look';
import { kubeContexts } from '../../kubernetes/kubectl';
import { KubectlProxy } from '../../kubernetes/kubectl-proxy';
import type { KubernetesApi } from '../../kubernetes/kubernetes-api';
import type { Variables } from '../../program';
import type { ClusterState } from '../aws/look-at-aws';

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

/** A cluster that is open for reading. */
export interface OpenCluster extends KubernetesApi {
  readonly stop: () => Promise<void>;
}

/** The kubeconfig does not lead to the cluster. Trying again leads to the same: the user has to change something. */
export class UnusableKubeconfig extends CouldNotLook {}

/**
 * Opens a cluster through the user's kubeconfig. Its context must be that of the cluster: a check that holds on another
 * cluster is worse than none.
 *
 * @param contextName context of the kubeconfig; by default one that leads to the cluster, preferably the current.
 * @throws UnusableKubeconfig if there is none.
 */
export async function openCluster(
  server: ApiServer,
  contextName: string | undefined,
  env: Variables,
): Promise<OpenCluster> {
  const proxy = await KubectlProxy.start({
    args: [`--context=${await contextOf(server, contextName, env)}`],
    env,
  });
  return {
    get: async (url, accept) => {
      try {
        return await proxy.get(url, accept);
      } catch (error) {
        throw error instanceof CouldNotLook ? inWordsOfEks(error, server) : error;
      }
    },
    stop: () => proxy.stop(),
  };
}

async function contextOf(server: ApiServer, asked: string | undefined, env: Variables): Promise<string> {
  const { clusterName, region, url } = server;
  const remedy = `Run: aws eks update-kubeconfig --region ${region} --name ${clusterName}`;
  const contexts = await kubeContexts(env).catch((error: CouldNotLook) => {
    throw new UnusableKubeconfig(error.what, error.code === 'ENOENT' ? error.remedy : remedy);
  });
  const fitting = contexts.filter((context) => isSameUrl(context.server, url));
  const chosen =
    asked === undefined
      ? (fitting.find(({ isCurrent }) => isCurrent) ?? fitting[0])
      : fitting.find(({ name }) => name === asked);
  if (chosen !== undefined) {
    return chosen.name;
  }
  const other = contexts.find(({ name }) => name === asked);
  if (other) {
    throw new UnusableKubeconfig(
      `context "${asked}" is of another cluster: its server is ${other.server}, that of ${clusterName} is ${url}`,
      `${remedy}, or name the right context with --context`,
    );
  }
  throw new UnusableKubeconfig(
    asked === undefined
      ? `the kubeconfig has no context of cluster ${clusterName} (${url})`
      : `the kubeconfig has no context "${asked}": it has ${contexts.map(({ name }) => name).join(', ') || 'none'}`,
    remedy,
  );
}

function isSameUrl(a: string | undefined, b: string): boolean {
  return a !== undefined && URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href;
}

/** Nobody but the kubectl handler may use a new cluster. */
const whoMay =
  'Only the roles and users of clusterAdminArns in lib/config/environments.ts may: add yours (`aws sts get-caller-identity` shows it), and deploy';

/** Says what a failure means on a cluster of this repository, and what to do. */
export function inWordsOfEks({ what, code }: CouldNotLook, { url, publicCidrs }: ApiServer): CouldNotLook {
  if (code === '401') {
    return new CouldNotLook(`the API server ${url} does not accept you (401 Unauthorized)`, whoMay, code);
  }
  if (code === '403') {
    return new CouldNotLook(`${what} (403 Forbidden)`, whoMay, code);
  }
  if (code !== '') {
    return new CouldNotLook(`${what} (HTTP ${code}, ${url})`, 'Look again later', code);
  }
  if (what.includes('getting credentials')) {
    const isMissing = /exec: executable \S+ not found/u.test(what);
    return new CouldNotLook(
      what,
      isMissing ? 'Install the AWS CLI' : 'Log in (aws sso login, aws configure)',
    );
  }
  return new CouldNotLook(
    `no route to the API server ${url}: ${what}`,
    publicCidrs.length === 0
      ? 'It is private: run this inside the VPC, or open it to your address (apiAccessCidrs in lib/config/environments.ts), and deploy'
      : `It is open to ${publicCidrs.join(', ')} only: run this from there, or add your address to apiAccessCidrs in lib/config/environments.ts, and deploy`,
  );
}
