/**
 * Replaces what stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->` in a page. A page without these markers stays
 * as it is: a fork shows what it wants to.
 *
 * @throws if it has only the first of the two.
 */
export function replaceSection(page: string, name: string, content: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = page.indexOf(begin);
  if (from === -1) {
    return page;
  }
  const to = page.indexOf(end, from);
  if (to === -1) {
    throw new Error(`the page has ${begin}, and no ${end} after it`);
  }
  return `${page.slice(0, from + begin.length)}\n${content}\n${page.slice(to)}`;
}
