/**
 * A mistake of the user, told in their terms: commands print the message and exit, without a stack trace.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  /** One line for each mistake. */
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
  }
}
