import { preflight } from '../../../../lib/commands/preflight/command';
import { runCommand } from '../../../../lib/commands/run-command';
import type { Outcome } from '../../../support/run-script';

/**
 * Runs the command in this process, which is faster than in one of its own.
 *
 * @param today the day on which it runs, as YYYY-MM-DD; the default Kubernetes version is in standard support
 */
export async function runMain(argv: readonly string[], today = '2026-11-22'): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  jest.useFakeTimers({ now: new Date(today), doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const status = await runCommand(preflight, argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: {},
  }).finally(() => jest.useRealTimers());
  return { status, stdout, stderr };
}
