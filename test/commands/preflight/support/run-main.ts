import { main } from '../../../../lib/commands/preflight/command';
import type { Outcome } from '../../../support/run-script';

/**
 * Runs the command in this process, which is faster than in one of its own.
 *
 * @param today the day on which it runs, as YYYY-MM-DD; the default Kubernetes version is in standard support
 */
export async function runMain(argv: readonly string[], today = '2026-11-22'): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  const status = await main(
    argv,
    { write: (text) => (stdout += text) },
    { write: (text) => (stderr += text) },
    new Date(today),
  );
  return { status, stdout, stderr };
}
