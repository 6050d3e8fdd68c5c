const clearLine = '\r\u001B[K';

/** The part of a stream that is written to. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Says what is being waited for: on a terminal in one line that is rewritten, elsewhere a line for each change. */
export class Progress {
  private last = '';

  constructor(private readonly output: Output) {}

  /**
   * @param text what is waited for
   * @param time how long already; not a change by itself
   */
  show(text: string, time: string): void {
    if (this.output.isTTY === true) {
      this.output.write(`${clearLine}${text} (${time})`);
    } else if (text !== this.last) {
      this.output.write(`${text} (${time})\n`);
    }
    this.last = text;
  }

  /** Leaves the terminal as it was. */
  end(): void {
    if (this.output.isTTY === true && this.last !== '') {
      this.output.write(clearLine);
    }
  }
}
