import { parseArgs } from 'node:util';
import { UserError } from '../user-error';
import { closestName, orList, quote } from '../wording';
import type { Command, CommandInput } from './command';
import { helpOption, type Option, type OptionTable, type OptionValues } from './option-table';

/**
 * Reads a command line.
 *
 * @returns undefined if it asks for help.
 * @throws UserError with one line for each mistake.
 */
export function readArguments<T extends OptionTable>(
  { name: command, options, positionals: positionalName }: Command<T>,
  argv: readonly string[],
): CommandInput<T> | undefined {
  const table: OptionTable = { ...options, ...helpOption };
  // Not strict: the messages of parseArgs say neither what was meant nor what is allowed.
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(table).map(([name, { type, short, multiple = false }]) => [
        name,
        { type, multiple, ...(short !== undefined && { short }) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const mistakes: string[] = [];
  const received = new Map<string, string[]>();
  const positionals: string[] = [];
  let unknownAt: number | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      // What follows an unknown option is most likely its value: not a mistake of its own.
      if (positionalName !== undefined) {
        positionals.push(token.value);
      } else if (token.index - 1 !== unknownAt) {
        mistakes.push(
          `unexpected argument ${quote(token.value)}: npm run ${command} accepts options only (--help)`,
        );
      }
    } else if (token.kind === 'option') {
      const option = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
      const mistake = option
        ? mistakeIn(option, token.rawName, token.value, received.has(token.name))
        : unknownOption(token.rawName, token.name, Object.keys(table));
      if (mistake === undefined) {
        received.set(token.name, [...(received.get(token.name) ?? []), token.value ?? 'true']);
      } else {
        mistakes.push(mistake);
        unknownAt = token.index;
      }
    }
  }
  if (received.has('help')) {
    return undefined;
  }
  if (mistakes.length > 0) {
    throw new UserError(mistakes);
  }
  return { values: valuesOf(options, received), positionals };
}

function mistakeIn(
  { type, value: placeholder, choices, multiple }: Option,
  rawName: string,
  value: string | undefined,
  again: boolean,
): string | undefined {
  if (type === 'boolean') {
    return value === undefined ? undefined : `${rawName} has no value, received ${quote(value)}`;
  }
  if (value === undefined || value === '' || (value.startsWith('-') && value !== '-')) {
    return `${rawName} needs a value: write ${rawName} ${placeholder ?? orList(choices ?? [])}`;
  }
  if (again && multiple !== true) {
    return `${rawName} is given twice: give it once`;
  }
  return choices && !choices.includes(value)
    ? `unknown ${rawName} ${quote(value)}: choose ${orList(choices)}`
    : undefined;
}

function unknownOption(rawName: string, name: string, names: readonly string[]): string {
  const meant = closestName(name, names);
  return `unknown option ${rawName}: ${meant === undefined ? `the options are --${names.join(', --')}` : `did you mean --${meant}?`}`;
}

function valuesOf<T extends OptionTable>(
  options: T,
  received: ReadonlyMap<string, readonly string[]>,
): OptionValues<T> {
  const values = Object.entries(options).map(([name, { type, multiple }]) => {
    const given = received.get(name);
    return [name, type === 'boolean' ? given !== undefined : multiple === true ? (given ?? []) : given?.[0]];
  });
  // The type of each value follows from its option.
  return Object.fromEntries(values) as OptionValues<T>;
}
