import { CouldNotLook, firstLine } from '../could-not-look';
import { kubeContexts, kubectlProgram } from '../kubernetes/kubectl';
import { KubectlProxy } from '../kubernetes/kubectl-proxy';
import type { KubernetesApi } from '../kubernetes/kubernetes-api';
import type { Surroundings } from '../program';
import type { ApiServer } from './eks-cluster';

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
  surroundings: Surroundings,
): Promise<OpenCluster> {
  const { env, signal } = surroundings;
  const clusterArgs = [`--context=${await contextOf(server, contextName, surroundings)}`];
  const file = kubectlProgram(env).name;
  const proxy = await KubectlProxy.start({ file, clusterArgs, readOnly: true, env, signal });
  return {
    get: (url, accept = 'application/json') => read(proxy, server, url, { accept, signal }),
    stop: () => proxy.stop(),
  };
}

/** Somebody waits for the answer, and a private endpoint gives none at all. */
const timeoutMs = 10_000;

async function read<T>(
  proxy: KubectlProxy,
  server: ApiServer,
  url: string,
  { accept, signal }: { readonly accept: string; readonly signal: AbortSignal },
): Promise<T> {
  const what = `could not read ${url.replace(/\?.*/u, '')}`;
  const content = { headers: { accept }, timeoutMs, signal };
  const answer = await proxy.send('GET', url, content).catch((error: Error) => {
    signal.throwIfAborted();
    const why = error.name === 'AbortError' ? `no answer in ${timeoutMs / 1_000} s` : error.message;
    throw noWay(`${what}: ${why}`, server);
  });
  const { status, body, statusMessage } = answer;
  if (status === 200) {
    return JSON.parse(body) as T;
  }
  throw statusMessage === undefined
    ? noWay(`${what}: ${firstLine(body) || `HTTP ${status}`}`, server, proxy.lastWords)
    : refused(`${what}: ${statusMessage}`, String(status), server);
}

async function contextOf(
  server: ApiServer,
  asked: string | undefined,
  surroundings: Surroundings,
): Promise<string> {
  const { clusterName, region, url } = server;
  const remedy = `Run: aws eks update-kubeconfig --region ${region} --name ${clusterName}`;
  const contexts = await kubeContexts(surroundings).catch((error: unknown) => {
    throw error instanceof CouldNotLook
      ? new UnusableKubeconfig(error.what, error.code === 'ENOENT' ? error.remedy : remedy)
      : error;
  });
  const fitting = contexts.filter(
    ({ name, server: leadsTo }) => name === (asked ?? name) && isSameUrl(leadsTo, url),
  );
  const chosen = fitting.find(({ isCurrent }) => isCurrent) ?? fitting[0];
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

/** The API server said no. */
function refused(what: string, code: string, { url }: ApiServer): CouldNotLook {
  if (code === '401') {
    return new CouldNotLook(`the API server ${url} does not accept you (401 Unauthorized)`, whoMay, code);
  }
  return code === '403'
    ? new CouldNotLook(`${what} (403 Forbidden)`, whoMay, code)
    : new CouldNotLook(`${what} (HTTP ${code}, ${url})`, 'Look again later', code);
}

/** kubectl had no credentials, or no way to the API server. */
function noWay(what: string, { url, publicCidrs }: ApiServer, lastWords = ''): CouldNotLook {
  if (/exec: executable \S+ not found/u.test(what)) {
    return new CouldNotLook(what, 'Install the AWS CLI');
  }
  if (what.includes('getting credentials')) {
    return new CouldNotLook(`${what}: ${lastWords}`, 'Log in (aws sso login, aws configure)');
  }
  return new CouldNotLook(
    `no route to the API server ${url}: ${what}`,
    publicCidrs.length === 0
      ? 'It is private: run this inside the VPC, or open it to your address (apiAccessCidrs in lib/config/environments.ts), and deploy'
      : `It is open to ${publicCidrs.join(', ')} only: run this from there, or add your address to apiAccessCidrs in lib/config/environments.ts, and deploy`,
  );
}
