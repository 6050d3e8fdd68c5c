import { UserError } from '../user-error';

/** Nothing is known, and one line says why and what to do about it. Ends a command with exit status 2. */
export class CouldNotLook extends UserError {
  /**
   * @param what what failed, with the name or value it failed for.
   * @param remedy what the user can do.
   * @param code the error code of the service, where one answered.
   */
  constructor(
    readonly what: string,
    readonly remedy: string,
    readonly code = '',
  ) {
    super([`${what}. ${remedy}.`.replaceAll(/\s+/gu, ' ')]);
  }
}

/** The first line that says something: messages of SDKs, of kubectl and of credential helpers run over several. */
export function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.trim().replace(/\.$/u, '');
}

/** A part of what is looked at: gives what was seen, or throws the CouldNotLook that says why it was not. */
export type Seen<T> = () => T;

/** Looks at one part: one that cannot be looked at does not keep the others from being looked at. */
export async function see<T>(read: () => Promise<T>): Promise<Seen<T>> {
  try {
    const seen = await read();
    return () => seen;
  } catch (error) {
    if (error instanceof CouldNotLook) {
      return notSeen(error);
    }
    throw error;
  }
}

/** What was seen, or else what is made of the reason why it was not. */
export function orElse<T, U>(seen: Seen<T>, otherwise: (problem: CouldNotLook) => U): T | U {
  try {
    return seen();
  } catch (error) {
    if (error instanceof CouldNotLook) {
      return otherwise(error);
    }
    throw error;
  }
}

/** A part that could not be looked at. */
export function notSeen(problem: CouldNotLook): Seen<never> {
  return () => {
    throw problem;
  };
}
