import type { KubeConfig } from '@kubernetes/client-node';
import { CouldNotLook, errorFields, firstLine } from './could-not-look';
import type { ApiServer } from './kubernetes-problem';

/** The kubeconfig does not lead to the cluster. Trying again leads to the same: the user has to change something. */
export class UnusableKubeconfig extends CouldNotLook {}

/** What the client makes up, with a server on localhost, where it finds no kubeconfig. */
const clientFallbackContext = 'loaded-context';

/**
 * Loads the user's kubeconfig and chooses a context. It must be that of the cluster: a check that passes on another
 * cluster is worse than none.
 *
 * @param contextName context of the kubeconfig; its current one if null
 * @throws UnusableKubeconfig if there is none, or it lacks the context, or that is of another cluster
 */
export function loadKubeConfig(
  kubeConfig: KubeConfig,
  server: ApiServer & { readonly clusterName: string },
  contextName: string | null,
): void {
  const remedy = `Run: ${server.updateKubeconfigCommand}`;
  try {
    kubeConfig.loadFromDefault();
  } catch (error) {
    throw new UnusableKubeconfig(
      `cannot read the kubeconfig: ${firstLine(errorFields(error).message)}`,
      remedy,
    );
  }
  if (kubeConfig.getCurrentContext() === clientFallbackContext) {
    throw new UnusableKubeconfig('there is no kubeconfig', remedy);
  }
  const name = contextName ?? kubeConfig.getCurrentContext();
  const context = kubeConfig.getContextObject(name);
  if (context === null) {
    const known = kubeConfig.getContexts().map((candidate) => candidate.name);
    throw new UnusableKubeconfig(
      `the kubeconfig has no context "${name}": it has ${known.join(', ') || 'none'}`,
      remedy,
    );
  }
  kubeConfig.setCurrentContext(name);
  const actual = kubeConfig.getCurrentCluster()?.server ?? 'no server';
  if (sameUrl(actual, server.url)) {
    return;
  }
  throw new UnusableKubeconfig(
    `context "${name}" is of another cluster: its server is ${actual}, that of ${server.clusterName} is ${server.url}`,
    `${remedy}, or name the right context with --context`,
  );
}

function sameUrl(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href;
}
