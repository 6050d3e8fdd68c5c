/** Nothing is known, and one line says why and what to do about it. Ends a command with exit status 2. */
export class CouldNotLook extends Error {
  override readonly name = 'CouldNotLook';

  /**
   * @param what what failed, with the name or value it failed for.
   * @param remedy what the user can do.
   * @param code the error code of the service, where one answered.
   */
  constructor(
    what: string,
    remedy: string,
    readonly code = '',
  ) {
    super(`${what}. ${remedy}.`.replaceAll(/\s+/gu, ' '));
  }
}

/** The first line that says something: messages of SDKs, of kubectl and of credential helpers run over several. */
export function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.trim().replace(/\.$/u, '');
}
