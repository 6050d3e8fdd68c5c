/** One Kubernetes minor version on EKS. */
export interface KubernetesRelease {
  /** The minor version, for example `1.36`. */
  readonly version: string;
  /** Last day of standard support, as YYYY-MM-DD. */
  readonly standardSupportEnds: string;
  /** Last day of extended support, as YYYY-MM-DD. After it EKS creates no cluster of this version. */
  readonly extendedSupportEnds: string;
  /** The kubectl layer that serves it: kubectl is supported within one minor version of the cluster. */
  readonly kubectl: KubectlVersion;
}

/** The kubectl layers that are installed, as `@aws-cdk/lambda-layer-kubectl-v<NN>`. */
export type KubectlVersion = '1.28' | '1.36';

/** Where the ends of support are published. */
export const kubernetesVersionsPage =
  'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html';

/** Id of the warning of a version out of standard support. */
export const supportWarningId = 'kubernetes-support';

/**
 * The versions that can be chosen, oldest first. Those between have no kubectl layer here: a layer weighs
 * 35 MB, so a fork that needs one installs it and adds the rows it serves.
 *
 * @see {@link kubernetesVersionsPage} (read 2026-11-22; the end of extended support of 1.37 is unverified)
 */
export const kubernetesReleases: readonly KubernetesRelease[] = [
  {
    version: '1.28',
    standardSupportEnds: '2024-11-26',
    extendedSupportEnds: '2025-11-26',
    kubectl: '1.28',
  },
  {
    version: '1.29',
    standardSupportEnds: '2025-03-23',
    extendedSupportEnds: '2026-03-23',
    kubectl: '1.28',
  },
  {
    version: '1.35',
    standardSupportEnds: '2027-03-27',
    extendedSupportEnds: '2028-03-27',
    kubectl: '1.36',
  },
  {
    version: '1.36',
    standardSupportEnds: '2027-08-02',
    extendedSupportEnds: '2028-08-02',
    kubectl: '1.36',
  },
  {
    version: '1.37',
    standardSupportEnds: '2027-12-01',
    extendedSupportEnds: '2028-12-01',
    kubectl: '1.36',
  },
];

/** The newest version whose own kubectl layer is on npm. */
export const defaultKubernetesVersion = '1.36';

/**
 * The table's row for a version.
 *
 * @throws if the version is not in the table; `lib/config/settings.ts` refuses such a version first.
 */
export function kubernetesRelease(version: string): KubernetesRelease {
  const release = kubernetesReleases.find((row) => row.version === version);
  if (!release) {
    throw new Error(`Kubernetes version "${version}" is not in lib/config/kubernetes-releases.ts`);
  }
  return release;
}

/**
 * What a user should know of the version's support on a day.
 *
 * @returns undefined while it is in standard support.
 */
export function supportWarning(release: KubernetesRelease, today: Date): string | undefined {
  const day = today.toISOString().slice(0, 10);
  if (day > release.extendedSupportEnds) {
    return `EKS creates no new ${release.version} cluster since ${release.extendedSupportEnds}, and a deploy fails once it has made the network: ${advice(day)}`;
  }
  if (day > release.standardSupportEnds) {
    return `Kubernetes ${release.version} left standard support on ${release.standardSupportEnds}, and under the upgrade policy STANDARD EKS upgrades such a cluster by itself: ${advice(day)}`;
  }
  return undefined;
}

function advice(day: string): string {
  const supported = kubernetesReleases.filter(({ standardSupportEnds }) => day <= standardSupportEnds);
  const choice = supported.find(({ version }) => version === defaultKubernetesVersion) ?? supported.at(-1);
  return choice
    ? `write kubernetesVersion: '${choice.version}' into lib/config/environments.ts`
    : 'add a newer version and its kubectl layer to lib/config/kubernetes-releases.ts';
}
