/** A step of a rehearsal that does not hold: which object, who says so in which words, and what to do. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';

  constructor(
    /** A line each. */
    readonly lines: readonly string[],
  ) {
    super(lines.join('\n'));
  }
}
