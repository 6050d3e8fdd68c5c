/** From what a rule has against an object to one line. */
import { isUnresolved, printable } from './manifest/field';
import type { Container } from './manifest/pod';
import type { Problem } from './rules/rule';

const mostNames = 3;
const mostTexts = 5;

/** Names for one line: with thousands of them, a line of all would be of no use. */
export function shortList(names: readonly string[], most = mostNames): string {
  const more = names.length - most;
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `it`, or `them` for several. */
export function itOrThem({ length }: readonly unknown[]): string {
  return length === 1 ? 'it' : 'them';
}

/** The line: `Deployment shop/cart, container "cart": what is wrong. What to write instead.` */
export function wordProblems(label: string, problems: readonly Problem[]): string {
  const groups = new Map<string, { readonly fix: string; readonly containers: Container[] }>();
  for (const { text, fix, container } of problems) {
    const group = groups.get(text) ?? { fix, containers: [] };
    groups.set(text, group);
    if (container !== undefined) {
      group.containers.push(container);
    }
  }
  const shown = [...groups].slice(0, mostTexts).map(([text, { fix, containers }]) => ({
    text,
    fix,
    where: containers.length === 0 ? '' : nameContainers(containers),
  }));
  const [place = '', ...others] = new Set(shown.map(({ where }) => where));
  const same = others.length === 0;
  const texts = shown.map(({ text, where }) => (same || where === '' ? text : `${text} (${where})`));
  const more = groups.size > shown.length ? `; and ${groups.size - shown.length} more` : '';
  const remedy = [...new Set(shown.map(({ fix }) => fix))].join(' ');
  return printable(
    `${label}${same && place !== '' ? `, ${place}` : ''}: ${texts.join('; ')}${more}. ${remedy}`,
  );
}

/** `containers "a", "b"` */
export function nameContainers(containers: readonly Container[]): string {
  return (['init container', 'container'] as const)
    .map((noun) => ({
      noun,
      names: containers
        .filter(({ role }) => (role === 'init') === (noun === 'init container'))
        .map(({ name }) => (isUnresolved(name) ? '(known at deploy time)' : JSON.stringify(name))),
    }))
    .filter(({ names }) => names.length > 0)
    .map(({ noun, names }) => `${noun}${names.length > 1 ? 's' : ''} ${shortList(names)}`)
    .join(', ');
}
