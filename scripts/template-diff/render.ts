import { groupValues } from '../../lib/fargate/group-values';

/** What changes in one stack of one synthesized app. */
export interface Change {
  /** Folder of the app and id of the stack. */
  readonly title: string;
  /** What `cdk diff` says of it; empty for no change. */
  readonly text: string;
}

/**
 * GitHub refuses a comment of more than 65,536 characters, and Linux an environment variable, in which the workflow
 * passes it on, of more than 131,072 bytes: three for each of the lines that cdk draws.
 */
const longest = 40_000;

/** The first line of the comment, by which the workflow finds it again. */
export const marker = '<!-- template-diff -->';

/** For a terminal: a heading for all apps whose stack changes alike, and the change. */
export function renderText(changes: readonly Change[]): string {
  const sections = [...alike(changes)].map(([text, titles]) => `${titles.join(', ')}\n\n${text}`);
  return sections.length === 0 ? 'no change in any template' : sections.join('\n\n');
}

/** For the comment of a pull request, or a job summary. */
export function renderMarkdown(changes: readonly Change[]): string {
  const sections = alike(changes);
  if (sections.size === 0) {
    return `${marker}\n### Templates: no change`;
  }
  const room = Math.floor(longest / sections.size);
  return [
    `${marker}\n### Templates: changes that a deploy would make`,
    ...[...sections].map(([text, titles]) => section(titles, text, room)),
  ].join('\n\n');
}

/** Changes that are alike, with the titles of all stacks that have them. */
function alike(changes: readonly Change[]): ReadonlyMap<string, readonly string[]> {
  return groupValues(
    changes.filter(({ text }) => text !== '').map(({ text, title }) => [text, title] as const),
  );
}

function section(titles: readonly string[], change: string, room: number): string {
  const shown =
    change.length <= room ? change : `${change.slice(0, room)}\n… ${change.length - room} characters more`;
  // Longer than any run of backticks in the change, so that nothing in it can end the block.
  const fence = '`'.repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `<details open><summary>${titles.join(', ')}</summary>\n\n${fence}\n${shown}\n${fence}\n\n</details>`;
}
