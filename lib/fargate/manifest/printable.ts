/** Texts from strangers' manifests, made fit for one line of a terminal. */

const controlCharacters = /[\p{Cc}\u2028\u2029]/gu;

/** The text with control characters written as `\u001b`: raw ones could move the cursor, or forge a line. */
export function printable(text: string): string {
  return text.replaceAll(
    controlCharacters,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
