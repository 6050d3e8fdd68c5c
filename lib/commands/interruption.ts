import { UserError } from '../user-error';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody ended the command: Ctrl-C, or another signal that asks for it. */
export class Interrupted extends UserError {
  constructor() {
    super(['interrupted']);
  }
}

/**
 * Runs something that cleans up after itself when it is interrupted. While it does, a second Ctrl-C changes nothing.
 *
 * @param work stops with an error, whichever, when its signal is aborted.
 * @throws Interrupted if it was.
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(new Interrupted());
  for (const signal of signals) {
    process.on(signal, interrupt);
  }
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    for (const signal of signals) {
      process.off(signal, interrupt);
    }
  }
}
