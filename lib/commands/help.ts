import type { Command } from './command';
import { helpOption, type Option, type OptionTable } from './option-table';
import { pageWidth, wrap } from './terminal';

/** Longest option that has its text beside it; below a longer one it starts on the next line. */
const widestOption = 26;

/** What `--help` prints. */
export function helpText<T extends OptionTable>(command: Command<T>): string {
  const { name, summary, positionals, options, notes, statuses } = command;
  const rows = Object.entries({ ...options, ...helpOption }).map(
    ([option, row]: [string, Option]) => [synopsis(option, row), details(row)] as const,
  );
  const column = Math.min(widestOption, Math.max(...rows.map(([left]) => left.length))) + 2;
  const table = rows.flatMap(([left, right]) => {
    const [first, ...others] = wrap(right, pageWidth - column - 2);
    const indent = ' '.repeat(column + 2);
    const head =
      left.length > widestOption ? [`  ${left}`, indent + first] : [`  ${left.padEnd(column)}${first}`];
    return [...head, ...others.map((line) => indent + line)];
  });
  const failed = statuses[1] === undefined ? '' : `, 1 ${statuses[1]}`;
  return [
    ...wrap(summary),
    '',
    `  npm run ${name} -- [options]${positionals === undefined ? '' : ` ${positionals}`}`,
    '',
    ...table,
    '',
    ...(notes === undefined ? [] : [notes.trimEnd(), '']),
    ...wrap(`Exit status: 0 ${statuses[0]}${failed}, 2 ${statuses[2]}.`),
    '',
  ].join('\n');
}

function synopsis(name: string, { short, type, value = '' }: Option): string {
  const long = `${short === undefined ? '    ' : `-${short}, `}--${name}`;
  return type === 'boolean' ? long : `${long} ${value}`;
}

function details({ help, choices, multiple }: Option): string {
  return [help, choices && `one of ${choices.join(', ')}`, multiple === true && 'repeatable']
    .filter(Boolean)
    .join('; ');
}
