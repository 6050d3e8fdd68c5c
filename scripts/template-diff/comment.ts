/** What one variant would deploy differently. */
export interface Change {
  /** Name of the variant. */
  readonly variant: string;
  /** What `cdk diff` printed. */
  readonly text: string;
}

/**
 * GitHub refuses a comment of more than 65,536 characters, and Linux an environment variable, in which the workflow
 * passes it on, of more than 131,072 bytes: three for each of the lines that cdk draws.
 */
const longest = 40_000;

/** The first line of the comment, by which the workflow finds it again. */
export const marker = '<!-- template-diff -->';

/** The comment of a pull request: one section for all variants that change alike. */
export function commentOf(changes: readonly Change[]): string {
  const sections = new Map<string, string[]>();
  for (const { variant, text } of changes) {
    const change = withoutFrame(text);
    if (change !== '') {
      sections.set(change, [...(sections.get(change) ?? []), variant]);
    }
  }
  if (sections.size === 0) {
    return `${marker}\n### Template: no change in any variant`;
  }
  const room = Math.floor(longest / sections.size);
  return [
    `${marker}\n### Template: changes that a deploy would make`,
    ...[...sections].map(([change, variants]) => section(variants, change, room)),
  ].join('\n\n');
}

function section(variants: readonly string[], change: string, room: number): string {
  const shown =
    change.length <= room ? change : `${change.slice(0, room)}\n… ${change.length - room} characters more`;
  // Longer than any run of backticks in the change, so that nothing in it can end the block.
  const fence = '`'.repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `<details open><summary>${variants.join(', ')}</summary>\n\n${fence}\n${shown}\n${fence}\n\n</details>`;
}

/** The changes alone: no heading, no count at the end, nothing where there is no difference. */
function withoutFrame(text: string): string {
  return text
    .split('\n')
    .filter(
      (line) => !/^(Stack \S+|There were no differences|✨ .*|Omitted \d+ changes.*)$/u.test(line.trim()),
    )
    .join('\n')
    .trim();
}
