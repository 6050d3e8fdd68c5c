/**
 * Cuts JSON objects that follow each other without a mark between, as `jq '.items[]'` writes them.
 *
 * @returns the text itself where it is YAML, or a single object.
 */
export function splitJsonObjects(text: string): readonly string[] {
  if (!/^\s*\{/u.test(text)) {
    return [text];
  }
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
    } else if (character === '{') {
      if (depth === 0 && text.slice(start, at).trim() !== '') {
        // Braces may stand in the quotes of YAML as well: only what JSON accepts is an object of its own.
        if (!isJson(text.slice(start, at))) {
          break;
        }
        parts.push(text.slice(start, at));
        start = at;
      }
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** Offset of the quote that ends a string. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
