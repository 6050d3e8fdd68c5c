import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Variables } from '../../program';
import { UserError } from '../../../user-error';
import { Api, type ListOf } from './api';
import { ControlPlane } from './control-plane';
import { refuseRealCluster, refuseUnusableCluster } from './existing-cluster';
import { Kubectl } from './kubectl';
import { assetsVariable, findControlPlane, findKubectl } from './programs';

/** A cluster to rehearse on. */
export interface RehearsalCluster {
  /** What it is, for the first line of the output. */
  readonly title: string;
  readonly kubectl: Kubectl;
  readonly api: Api;
  /** Whether it was started for the rehearsal, and ends with it. */
  readonly isOwn: boolean;
  /** Namespaces in which pods run that are none of the rehearsal's. */
  readonly spared: readonly string[];
  /** Version of its API server, such as `v1.36.3`. */
  readonly version: string;
}

export interface ClusterChoice {
  /** Context of the kubeconfig; a control plane of its own without. */
  readonly context?: string;
  /** Name of a context that may be used although it looks like a real cluster. */
  readonly throwAway?: string;
  /** Environment variables: where programs and kubeconfig are. */
  readonly env: Variables;
  readonly signal?: AbortSignal;
}

/**
 * Does something with a cluster, and leaves no process and no file behind.
 *
 * @throws UserError if there is none, or it must not be used.
 */
export async function withCluster<T>(
  choice: ClusterChoice,
  use: (cluster: RehearsalCluster) => Promise<T>,
): Promise<T> {
  // Only this user may read it: it holds the kubeconfig of the control plane.
  const scratch = mkdtempSync(path.join(tmpdir(), 'rehearse-'));
  try {
    return choice.context === undefined
      ? await withControlPlane(choice, scratch, use)
      : await withContext(choice, choice.context, scratch, use);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function withControlPlane<T>(
  { env, signal }: ClusterChoice,
  scratch: string,
  use: (cluster: RehearsalCluster) => Promise<T>,
): Promise<T> {
  const assets = env[assetsVariable];
  if (!assets) {
    throw new UserError([
      `no cluster to rehearse on: name a throw-away one (kind create cluster, then --context kind-kind), or set ${assetsVariable} to a folder with etcd, kube-apiserver and kube-controller-manager (docs/rehearse.md)`,
    ]);
  }
  const programs = findControlPlane(assets);
  const kubectl = findKubectl(assets, scratch);
  const controlPlane = await ControlPlane.start({
    programs,
    folder: path.join(scratch, 'control-plane'),
    kubectlOf: (kubeconfig) => new Kubectl(kubectl, [`--kubeconfig=${kubeconfig}`], env),
    signal,
  });
  try {
    return await withApi(controlPlane.kubectl, signal, async (api, version) =>
      use({
        title: `Kubernetes ${version} on loopback`,
        kubectl: controlPlane.kubectl,
        api,
        isOwn: true,
        spared: [],
        version,
      }),
    );
  } finally {
    await controlPlane.stop();
  }
}

async function withContext<T>(
  { env, throwAway, signal }: ClusterChoice,
  context: string,
  scratch: string,
  use: (cluster: RehearsalCluster) => Promise<T>,
): Promise<T> {
  const kubectl = new Kubectl(findKubectl(env[assetsVariable], scratch), [`--context=${context}`], env);
  const { ok, stderr } = await kubectl.run(['config', 'view', '--minify']);
  if (!ok) {
    throw new UserError([
      `cannot use context "${context}": ${stderr.trim()} (kubectl config get-contexts lists them)`,
    ]);
  }
  return withApi(kubectl, signal, async (api, version) => {
    if (throwAway !== context) {
      await refuseRealCluster(kubectl, api, context);
    }
    await refuseUnusableCluster(api, context);
    const { items } =
      await api.get<ListOf<{ readonly metadata: { readonly name: string } }>>('/api/v1/namespaces');
    const spared = items.map(({ metadata }) => metadata.name);
    return use({
      title: `context ${context}, Kubernetes ${version}`,
      kubectl,
      api,
      isOwn: false,
      spared,
      version,
    });
  });
}

async function withApi<T>(
  kubectl: Kubectl,
  signal: AbortSignal | undefined,
  use: (api: Api, version: string) => Promise<T>,
): Promise<T> {
  const api = await Api.connect(kubectl, signal);
  try {
    const { gitVersion } = await api.get<{ readonly gitVersion: string }>('/version');
    return await use(api, gitVersion);
  } finally {
    await api.close();
  }
}
