/** A line that says how far a slow run is; only people at a terminal get to see it. */
import { CLEAR_LINE } from '../clear-line';

const QUIET_FOR_MS = 2000;
const BETWEEN_LINES_MS = 100;

export interface Progress {
  /** Says that `done` of `total` is done. */
  readonly report: (what: string, done: number, total: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/** @param now milliseconds, from any start */
export function startProgress(
  terminal: { readonly isTTY?: boolean; readonly write: (text: string) => unknown },
  now: () => number = () => performance.now(),
): Progress {
  const start = now();
  let last = start + QUIET_FOR_MS - BETWEEN_LINES_MS;
  let shown = false;
  return {
    report: (what, done, total) => {
      if (terminal.isTTY === true && now() - last >= BETWEEN_LINES_MS) {
        last = now();
        shown = true;
        terminal.write(`${CLEAR_LINE}${what}: ${Math.floor((100 * done) / Math.max(total, 1))} %`);
      }
    },
    end: () => {
      if (shown) {
        terminal.write(CLEAR_LINE);
      }
    },
  };
}
