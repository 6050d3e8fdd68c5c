/** Files that look like manifests, and that nobody applies: kustomize's and other tools'. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';

/** Tools by the API group of their files. */
const tools: ReadonlyMap<string, string> = new Map([
  ['kustomize.config.k8s.io', 'kustomize'],
  ['kind.x-k8s.io', 'kind'],
  ['k3d.io', 'k3d'],
  ['eksctl.io', 'eksctl'],
  ['node.eks.aws', 'nodeadm'],
  ['kubeadm.k8s.io', 'kubeadm'],
  ['kubelet.config.k8s.io', 'the kubelet'],
  ['kubeproxy.config.k8s.io', 'kube-proxy'],
  ['kubescheduler.config.k8s.io', 'the scheduler'],
  ['apiserver.config.k8s.io', 'the API server'],
  ['audit.k8s.io', 'the API server'],
  ['skaffold', 'skaffold'],
]);

/**
 * Says whose file an object is.
 *
 * @returns undefined for an object that can be applied.
 */
export function toolOf(value: unknown): string | undefined {
  const { apiVersion, kind, metadata } = value as {
    readonly apiVersion?: unknown;
    readonly kind?: unknown;
    readonly metadata?: { readonly name?: unknown } | null;
  };
  const group = String(apiVersion).split('/')[0]!;
  const tool = tools.get(group);
  if (tool !== undefined) {
    return `${String(kind)} is a file of ${tool}`;
  }
  // In a cluster it has a name.
  return group === 'install.istio.io' && metadata?.name === undefined
    ? `${String(kind)} is a file of istioctl`
    : undefined;
}

const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Finds the files of kustomize: it builds what is applied from them. */
export class Kustomizations {
  private readonly patches = new Map<string, ReadonlySet<string>>();

  /** What a file is to kustomize; undefined for one that can be applied. */
  roleOf(file: string): string | undefined {
    if (kustomizations.includes(path.basename(file))) {
      return 'is a file of kustomize';
    }
    const kustomization = this.patchedBy(file);
    return kustomization && `is a patch of ${kustomization}`;
  }

  /** The kustomization beside the file that names it as a patch. */
  private patchedBy(file: string): string | undefined {
    const folder = path.dirname(file);
    const kustomization = kustomizations
      .map((name) => path.join(folder, name))
      .find((each) => existsSync(each));
    if (kustomization === undefined) {
      return undefined;
    }
    const patches = this.patches.get(kustomization) ?? patchesOf(kustomization);
    this.patches.set(kustomization, patches);
    return patches.has(path.resolve(file)) ? kustomization : undefined;
  }
}

function patchesOf(kustomization: string): ReadonlySet<string> {
  const { patches, patchesStrategicMerge, patchesJson6902 } = read(kustomization);
  const paths = [patches, patchesStrategicMerge, patchesJson6902]
    .flatMap((list) => (Array.isArray(list) ? (list as readonly unknown[]) : []))
    .map((entry) => (typeof entry === 'string' ? entry : (entry as { readonly path?: unknown } | null)?.path))
    .filter((entry) => typeof entry === 'string');
  return new Set(paths.map((each) => path.resolve(path.dirname(kustomization), each)));
}

function read(file: string): Readonly<Record<string, unknown>> {
  try {
    return (load(readFileSync(file, 'utf8')) ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    // Not the file that was asked about: where it was given too, reading it says what is wrong.
    return {};
  }
}
