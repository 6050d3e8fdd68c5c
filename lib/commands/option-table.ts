/** One option of a command. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** Its one-letter form. */
  readonly short?: string;
  /** What the value stands for in the help, for example `FILE`. Only of strings. */
  readonly value?: string;
  /** The values that are allowed; any without it. */
  readonly choices?: readonly string[];
  /** Whether it may be given more than once. */
  readonly multiple?: boolean;
  /** What it does, for the help. */
  readonly help: string;
}

/** The options of a command, by name. */
export type OptionTable = Readonly<Record<string, Option>>;

/** What the command line gives for each option of a table. */
export type OptionValues<T extends OptionTable> = {
  readonly [K in keyof T]: T[K]['type'] extends 'boolean'
    ? boolean
    : T[K] extends { readonly multiple: true }
      ? readonly string[]
      : string | undefined;
};

/** In every table. */
export const helpOption = {
  help: { type: 'boolean', short: 'h', help: 'print this' },
} as const satisfies OptionTable;
