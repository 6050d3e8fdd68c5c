import { runInOwnProcess, type Ended } from '../../../support/own-process';

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Words on standard output after which the user presses Ctrl-C. */
  readonly interruptAfter?: string;
}

/** Runs `npm run rehearse`. */
export async function runRehearse(
  args: readonly string[],
  { interruptAfter, ...options }: RunOptions = {},
): Promise<Ended> {
  return runInOwnProcess({
    file: 'rehearse.ts',
    args,
    ...options,
    interruptWhen: (stdout) => interruptAfter !== undefined && stdout.includes(interruptAfter),
  });
}
