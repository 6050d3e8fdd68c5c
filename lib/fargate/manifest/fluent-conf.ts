/**
 * The configuration of Fluent Bit in its classic form: sections in brackets, and under each its entries.
 *
 * Source: https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
 */

/** One section: `[OUTPUT]` with the entries up to the next. */
export interface FluentSection {
  readonly name: string;
  /** Characters before the bracket. */
  readonly indent: number;
  readonly entries: readonly FluentEntry[];
}

/** `Name cloudwatch_logs` */
export interface FluentEntry {
  readonly key: string;
  readonly value: string;
  /** Characters before the key. */
  readonly indent: number;
}

/** Comments and empty lines are left out, as is what stands before the first section. */
export function readFluentConf(text: string): readonly FluentSection[] {
  const sections: { name: string; indent: number; entries: FluentEntry[] }[] = [];
  for (const line of text.split('\n')) {
    const content = line.trim();
    const indent = line.length - line.trimStart().length;
    const [, name] = /^\[([^\]]*)\]/u.exec(content) ?? [];
    if (name !== undefined) {
      sections.push({ name: name.trim(), indent, entries: [] });
    } else if (content !== '' && !content.startsWith('#')) {
      const [key = ''] = content.split(/\s/u, 1);
      sections.at(-1)?.entries.push({ key, value: content.slice(key.length).trim(), indent });
    }
  }
  return sections;
}

/** The value of an entry, whose key may be written in any case; undefined where there is none. */
export function entryOf({ entries }: FluentSection, key: string): string | undefined {
  return entries.find((entry) => entry.key.toLowerCase() === key.toLowerCase())?.value;
}
