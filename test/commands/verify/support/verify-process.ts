import type { Clock } from '../../../../lib/commands/verify/clock';
import { verify } from '../../../../lib/commands/verify/command';
import type { PredictedPlan } from '../../../../lib/commands/verify/expect';
import { UserError } from '../../../../lib/user-error';
import type { Outcome } from '../../../support/run-script';
import { recordedPlan } from './recorded-plan';

/** One run of the command. */
export interface Run {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is wrong with the settings. @default nothing */
  readonly mistake?: string;
}

// Runs the command for the parent process, any number of times: loading it takes most of its time. Time passes
// at once here, and only while the command waits.
let plan: PredictedPlan | undefined;

process.on('message', (run: Run) => void answer(run));

async function answer({ args, env, mistake }: Run): Promise<void> {
  // The AWS SDK and the Kubernetes client read the environment themselves.
  process.env = { ...env };
  let stdout = '';
  let stderr = '';
  const status = await verify({
    args,
    env,
    clock: fastClock(),
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    loadPlan: () => {
      if (mistake !== undefined) {
        throw new UserError([mistake]);
      }
      return (plan ??= recordedPlan());
    },
  });
  process.send?.({ status, stdout, stderr } satisfies Outcome);
}

function fastClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}
