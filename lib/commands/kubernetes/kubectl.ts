import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { CouldNotLook, firstLine } from '../could-not-look';

/** Environment variables. */
export type Variables = Readonly<Record<string, string | undefined>>;

const execute = promisify(execFile);

/** Where kubectl is: beside the programs that KUBEBUILDER_ASSETS names, or else on the PATH. */
export function kubectlProgram({ KUBEBUILDER_ASSETS: folder }: Variables): string {
  const program = folder && path.join(folder, 'kubectl');
  return program && existsSync(program) ? program : 'kubectl';
}

/**
 * Runs kubectl to its end.
 *
 * @returns what it writes to standard output.
 * @throws CouldNotLook with its own first line if it fails.
 */
export async function kubectl(args: readonly string[], env: Variables): Promise<string> {
  try {
    const { stdout } = await execute(kubectlProgram(env), args, { env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    throw kubectlProblem(error);
  }
}

/** Words why kubectl failed, or did not start. */
export function kubectlProblem(error: unknown): CouldNotLook {
  const { code, stderr, message } = error as {
    readonly code?: unknown;
    readonly stderr?: string;
    readonly message?: string;
  };
  return code === 'ENOENT'
    ? new CouldNotLook(
        'there is no kubectl on the PATH',
        'Install it: https://kubernetes.io/docs/tasks/tools/',
        'ENOENT',
      )
    : new CouldNotLook(
        `kubectl failed: ${firstLine(stderr || message || String(error))}`,
        'Check with: kubectl config view',
      );
}
