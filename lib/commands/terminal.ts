import { styleText } from 'node:util';

/** A stream that is written to, and may be a terminal. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
  /** Whether it shows colors; of terminals only. Node.js reads NO_COLOR and FORCE_COLOR for it. */
  hasColors?(): boolean;
}

/** What a command has to do with the process it runs in. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Colors of words that mean something. */
const colors = { error: 'red', warning: 'yellow', good: 'green', dim: 'gray' } as const;

/** Colors a text as what it means; on anything but a terminal that shows colors, the text stays as it is. */
export function paint(output: Output, meaning: keyof typeof colors, text: string): string {
  const colored = output.isTTY === true && output.hasColors?.() === true;
  return colored ? styleText(colors[meaning], text, { validateStream: false }) : text;
}

/** The most characters in a line of help and tables. */
export const pageWidth = 100;

/** The lines of a text, broken at blanks. */
export function wrap(text: string, columns: number = pageWidth): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u)) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** How long a command is silent before it says what it does, in milliseconds. */
const quietMs = 2_000;
/** The least time between two texts on a terminal, in milliseconds. */
const intervalMs = 100;
/** Moves the cursor of a terminal to the start of its line, and clears the line. */
const clearLine = '\r\u001B[K';

/**
 * Says what a command does, if that lasts longer than two seconds: on a terminal in one line that is rewritten,
 * elsewhere a line for each change.
 */
export class Progress {
  private readonly start: number;
  private last = Number.NEGATIVE_INFINITY;
  private text: string | undefined;

  /** @param now milliseconds since some moment in the past. */
  constructor(
    private readonly output: Output,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.start = now();
  }

  /**
   * Shows what happens.
   *
   * @param text what the command does.
   * @param detail how far it is; not a change by itself.
   */
  show(text: string, detail: string): void {
    const time = this.now();
    const onTerminal = this.output.isTTY === true;
    if (time - this.start < quietMs || (onTerminal && time - this.last < intervalMs)) {
      return;
    }
    if (onTerminal) {
      this.output.write(`${clearLine}${text} (${detail})`);
    } else if (text !== this.text) {
      this.output.write(`${text} (${detail})\n`);
    }
    this.last = time;
    this.text = text;
  }

  /** Leaves the terminal as it was. */
  end(): void {
    if (this.output.isTTY === true && this.text !== undefined) {
      this.output.write(clearLine);
    }
  }
}
