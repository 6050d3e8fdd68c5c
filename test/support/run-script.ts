import { execFile } from 'node:child_process';
import { typeScriptRunner } from '../../scripts/typescript-runner';
import { root } from './pages';

/** How a process ended, and what it wrote. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a file of TypeScript in a process of its own, as npm does.
 *
 * @param script its path from `cwd`, and its arguments
 * @param cwd the repository by default
 * @param env the environment of this process by default
 */
export function runScript(
  script: readonly string[],
  { cwd = root, env = process.env }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [typeScriptRunner, ...script], { cwd, env }, (error, stdout, stderr) =>
      // A process that was killed has no status, which is none of success either.
      resolve({ status: error ? Number(error.code ?? Number.NaN) : 0, stdout, stderr }),
    );
  });
}
