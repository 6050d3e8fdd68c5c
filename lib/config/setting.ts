import { quote } from '../wording';

/** A value read from text, or the whole error message. */
export type Reading<T> = { readonly value: T } | { readonly problem: string };

/** One setting: what it is, and how its text is read. */
export interface Setting<T> {
  /** What it is, in one sentence. docs/settings.md is generated from it. */
  readonly description: string;
  /** What happens where an environment leaves it out, or a run gives nothing, in words. Undefined where every environment has it. */
  readonly otherwise?: string;
  /** Reads the text, as given with `-c name=value`. The values of lib/config/environments.ts are read as text too. */
  readonly read: (text: string) => Reading<NonNullable<T>>;
}

/** The setting of every field of an interface. */
export type SettingsOf<T> = { readonly [K in keyof T]-?: Setting<T[K]> };

/** Whether a text is one of several names. */
export function isOneOf<T extends string>(choices: readonly T[], text: string): text is T {
  return (choices as readonly string[]).includes(text);
}

/** Reads a boolean. */
export function readBoolean(name: string, text: string): Reading<boolean> {
  return text === 'true' || text === 'false'
    ? { value: text === 'true' }
    : { problem: `${name} ${quote(text)}: choose true or false` };
}

/** The parts of a list separated by commas, without empty ones. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
