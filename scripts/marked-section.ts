/**
 * Replaces what stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->` in a page.
 *
 * @throws if the page has no such markers.
 */
export function replaceSection(page: string, name: string, content: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from === -1 || to === -1) {
    throw new Error(`the page has no markers ${begin} and ${end}`);
  }
  return `${page.slice(0, from + begin.length)}\n${content}\n${page.slice(to)}`;
}
