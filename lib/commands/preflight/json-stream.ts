/** JSON objects that follow each other without a mark between, as `jq '.items[]'` writes them. */

/**
 * Says where each object of a stream starts.
 *
 * @returns offsets, beginning with zero; no other where the text is YAML, or a single object
 */
export function startsOfJsonObjects(text: string): readonly number[] {
  const starts = [0];
  for (let start = skipBlanks(text, 0); text[start] === '{';) {
    const end = endOfObject(text, start);
    const next = skipBlanks(text, end);
    // Braces may stand in the quotes of YAML as well: only what JSON takes is an object of its own.
    if (text[next] !== '{' || !isJson(text.slice(start, end))) {
      break;
    }
    starts.push(next);
    start = next;
  }
  return starts;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) {
    at += 1;
  }
  return at;
}

/** Offset after the brace that closes an object; the end of the text where none does. */
function endOfObject(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      quoted = !quoted;
    } else if (quoted) {
      at += character === '\\' ? 1 : 0;
    } else if (character === '{') {
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return text.length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
