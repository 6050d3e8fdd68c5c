import { existsSync } from 'node:fs';
import path from 'node:path';
import { CouldNotLook, firstLine } from '../could-not-look';
import { runProgram, type Program, type Surroundings, type Variables } from '../program';

/** kubectl: beside the programs that KUBEBUILDER_ASSETS names, or else on the PATH. */
export function kubectlProgram({ KUBEBUILDER_ASSETS: folder }: Variables): Program {
  const besides = folder && path.join(folder, 'kubectl');
  return {
    name: besides && existsSync(besides) ? besides : 'kubectl',
    page: 'https://kubernetes.io/docs/tasks/tools/',
  };
}

/** Words why kubectl failed. */
function kubectlProblem(stderr: string): CouldNotLook {
  return new CouldNotLook(`kubectl failed: ${firstLine(stderr)}`, 'Check with: kubectl config view');
}

/** A context of the kubeconfig, and where it leads. */
export interface KubeContext {
  readonly name: string;
  /** URL of the API server. */
  readonly server: string | undefined;
  readonly isCurrent: boolean;
}

/** An empty list is null. */
interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?:
    | readonly { readonly name: string; readonly context: { readonly cluster?: string } }[]
    | null;
  readonly clusters?:
    | readonly { readonly name: string; readonly cluster: { readonly server?: string } }[]
    | null;
}

/**
 * The contexts of the user's kubeconfig, as kubectl merges it.
 *
 * @throws CouldNotLook if there is no kubectl, or it cannot read the kubeconfig.
 */
export async function kubeContexts(surroundings: Surroundings): Promise<readonly KubeContext[]> {
  const view = await runProgram(
    kubectlProgram(surroundings.env),
    ['config', 'view', '--output=json'],
    surroundings,
    kubectlProblem,
  );
  const { contexts, clusters, 'current-context': current } = JSON.parse(view) as Kubeconfig;
  return (contexts ?? []).map(({ name, context }) => ({
    name,
    server: clusters?.find((candidate) => candidate.name === context.cluster)?.cluster.server,
    isCurrent: name === current,
  }));
}
