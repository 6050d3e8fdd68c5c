import { environments, type Environment } from '../../lib/config/environments';
import { settings } from '../../lib/config/settings';

/** The table of the settings, in Markdown: what each is, and its value in every environment. */
export function settingsTable(): string {
  const names = Object.keys(environments);
  return [
    ['setting', 'what it is', ...names.map((name) => `\`${name}\``)],
    ['---', '---', ...names.map(() => '---')],
    ...Object.entries(settings).map(([setting, { description, otherwise }]) => [
      `\`${setting}\``,
      description,
      ...Object.values(environments).map((environment: Environment) =>
        cell(environment[setting as keyof Environment], otherwise),
      ),
    ]),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function cell(value: Environment[keyof Environment], otherwise: string | undefined): string {
  const text = String(value ?? '');
  return text === '' ? (otherwise ?? 'none') : `\`${text}\``;
}
