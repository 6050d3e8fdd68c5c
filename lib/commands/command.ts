import type { OptionTable, OptionValues } from './option-table';
import type { Io } from './terminal';

/** The exit statuses of every command. docs/commands.md has them in one place. */
export const exitStatus = {
  /** What the command is about holds. */
  held: 0,
  /** It does not: a finding is an error, a check does not hold, a step fails. */
  failed: 1,
  /** The command could not tell: wrong usage, wrong settings, unreadable input, no access. */
  unknown: 2,
  /** Ctrl-C or another signal ended it, and it has cleaned up: as a shell has it for Ctrl-C. */
  interrupted: 130,
} as const;

/** An exit status of a command. */
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** What a command gets from its command line. */
export interface CommandInput<T extends OptionTable> {
  readonly values: OptionValues<T>;
  /** Arguments that belong to no option; none unless the command has `positionals`. */
  readonly positionals: readonly string[];
}

/** A command of this repository, as `npm run` starts it. */
export interface Command<T extends OptionTable = OptionTable> {
  /** Name of the npm script. */
  readonly name: string;
  /** What it does, the first paragraph of the help. */
  readonly summary: string;
  /** What arguments without an option are, in the help; undefined where there are none. */
  readonly positionals?: string;
  readonly options: T;
  /** Further paragraphs of the help. */
  readonly notes?: string;
  /** What the exit statuses 0, 1 and 2 mean, each in a few words. 2 always includes wrong usage. */
  readonly statuses: Readonly<Record<0 | 2, string>> & Readonly<Partial<Record<1, string>>>;
  /**
   * Runs it.
   *
   * @throws UserError for a mistake of the user, which ends the command with status 2.
   */
  readonly run: (input: CommandInput<T>, io: Io) => Promise<ExitStatus> | ExitStatus;
}
