/** Pieces of messages that every room uses. */

/** `a, b or c`: the choices of a message. */
export function orList(choices: readonly string[]): string {
  // Made where it is used: it costs 10 ms, of a synthesis that needs none.
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(choices);
}

/** A received value, as messages show it. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/**
 * The name that was probably meant: the one with the fewest edits, if they are few for its length.
 *
 * @returns undefined where no name is close.
 */
export function closestName(received: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, edits: editDistance(received.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Levenshtein distance: insertions, deletions and substitutions that turn one word into the other. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, substitution));
    }
    previous = current;
  }
  return previous[to.length]!;
}
