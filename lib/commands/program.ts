import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CouldNotLook } from './could-not-look';

/** Environment variables. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What a program runs in. */
export interface Surroundings {
  readonly env: Variables;
  /** Ends the program. */
  readonly signal: AbortSignal;
}

/** A program that a command asks, and that the user has to have. */
export interface Program {
  /** Its name on the PATH, or its path. */
  readonly name: string;
  /** Page that says how to install it. */
  readonly page: string;
}

const execute = promisify(execFile);

/**
 * Runs a program to its end.
 *
 * @param word says why it failed, given what it wrote to standard error.
 * @returns what it wrote to standard output.
 * @throws CouldNotLook if it is not there, or fails.
 */
export async function runProgram(
  program: Program,
  args: readonly string[],
  { env, signal }: Surroundings,
  word: (stderr: string) => CouldNotLook,
): Promise<string> {
  try {
    return (await execute(program.name, args, { env, signal, maxBuffer: 256 * 1024 * 1024 })).stdout;
  } catch (error) {
    signal.throwIfAborted();
    throw programProblem(program, error, word);
  }
}

/** Words why a program failed, or did not start. */
function programProblem(
  { name, page }: Program,
  error: unknown,
  word: (stderr: string) => CouldNotLook,
): CouldNotLook {
  const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: string };
  return code === 'ENOENT'
    ? new CouldNotLook(`there is no ${name} on the PATH`, `Install it: ${page}`, 'ENOENT')
    : word(stderr ?? String(error));
}
