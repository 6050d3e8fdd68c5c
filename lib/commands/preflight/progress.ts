/** A line that says how far a slow run is; only people at a terminal get to see it. */
import { clearLine } from '../clear-line';

const quietForMs = 2000;
const betweenLinesMs = 100;

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
  let last = start + quietForMs - betweenLinesMs;
  let shown = false;
  return {
    report: (what, done, total) => {
      if (terminal.isTTY === true && now() - last >= betweenLinesMs) {
        last = now();
        shown = true;
        terminal.write(`${clearLine}${what}: ${Math.floor((100 * done) / Math.max(total, 1))} %`);
      }
    },
    end: () => {
      if (shown) {
        terminal.write(clearLine);
      }
    },
  };
}
