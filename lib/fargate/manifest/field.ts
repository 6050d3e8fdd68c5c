/**
 * A reader for manifests nobody has checked yet. A hand-made one, because a schema library costs more to load
 * than the whole engine, in every synth, and answers with one refusal where this engine needs a reading:
 * a wrong type is noted where it is met, and the rest of the object is judged all the same.
 */

/** A value of the wrong type, and where it stands. */
export interface WrongType {
  /** Path inside the object: `spec.template.spec.containers[0].ports`. */
  readonly path: string;
  /** What stands there: `the string "80"`. */
  readonly received: string;
  /** What Kubernetes requires there: `a list`. */
  readonly wanted: string;
}

/** The values of a wrong type that were met in one object, by their path. */
export type WrongTypes = Map<string, WrongType>;

/**
 * Whether a value is known only at deploy time. CDK encodes such a value as `${Token[NAME.1]}` in a string,
 * as `#{Token[NAME.1]}` in a list and as a number below -1e288. None of them can be judged here.
 */
export function isUnresolved(value: unknown): boolean {
  if (typeof value === 'string') {
    return value.includes('${Token[') || value.includes('#{Token[');
  }
  return typeof value === 'number' && value < -1e288;
}

const controlCharacters = /[\p{Cc}\u2028\u2029]/gu;

/** The text with control characters written as `\u001b`: raw ones could move the cursor, or forge a line. */
export function printable(text: string): string {
  return text.replaceAll(
    controlCharacters,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Names a value in a message, short enough for one line. */
export function describeValue(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object') {
    return 'a map';
  }
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return `the ${typeof value} ${text.length > 60 ? `${text.slice(0, 57)}…` : text}`;
}

/** One value inside an object, and the path to it. An absent, null or unresolved value reads as nothing. */
export class Field {
  readonly value: unknown;
  private readonly wrongTypes: WrongTypes;
  private readonly parent: Field | undefined;
  private readonly key: string | number;

  /** @param key name in the map, or position in the list, that `parent` is; without one the value is a whole object */
  constructor(value: unknown, wrongTypes: WrongTypes, parent?: Field, key: string | number = '') {
    this.value = value;
    this.wrongTypes = wrongTypes;
    this.parent = parent;
    this.key = key;
  }

  /** `spec.template.spec.containers[0].ports`; put together when it is asked for, since few fields are. */
  get path(): string {
    const before = this.parent?.path ?? '';
    if (typeof this.key === 'number') {
      return `${before}[${this.key}]`;
    }
    return before === '' ? this.key : `${before}.${this.key}`;
  }

  /** Whether something stands here. */
  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The field `key` of a map. */
  get(key: string): Field {
    return new Field(this.map()?.[key], this.wrongTypes, this, key);
  }

  /** The fields of a map that have a value. */
  entries(): readonly (readonly [string, Field])[] {
    return Object.keys(this.map() ?? {}).map((key) => [key, this.get(key)] as const);
  }

  /** The elements of a list. */
  items(): readonly Field[] {
    if (!this.present || isUnresolved(this.value)) {
      return [];
    }
    if (!Array.isArray(this.value)) {
      this.wrong('a list');
      return [];
    }
    return this.value.map((item: unknown, index) => new Field(item, this.wrongTypes, this, index));
  }

  /** A string, unresolved ones included: who compares it asks `isUnresolved` first. */
  text(): string | undefined {
    return this.typed('string', 'a string');
  }

  /** The strings of a list. */
  texts(): readonly string[] {
    return this.items()
      .map((item) => item.text())
      .filter((text) => text !== undefined);
  }

  /** Whether it is `true`. */
  flag(): boolean {
    return this.typed<boolean>('boolean', 'true or false') ?? false;
  }

  /** A whole number. */
  integer(): number | undefined {
    const value = this.typed<number>('number', 'a whole number');
    if (value === undefined || isUnresolved(value)) {
      return undefined;
    }
    if (!Number.isSafeInteger(value)) {
      this.wrong('a whole number');
      return undefined;
    }
    return value;
  }

  /** A map of strings, such as labels. */
  strings(): Readonly<Record<string, string>> {
    const strings: [string, string][] = [];
    for (const [key, field] of this.entries()) {
      const text = field.text();
      if (text !== undefined) {
        strings.push([key, text]);
      }
    }
    return Object.fromEntries(strings);
  }

  private typed<T = string>(type: 'string' | 'number' | 'boolean', wanted: string): T | undefined {
    if (!this.present) {
      return undefined;
    }
    if (typeof this.value === type) {
      return this.value as T;
    }
    if (!isUnresolved(this.value)) {
      this.wrong(wanted);
    }
    return undefined;
  }

  private map(): Readonly<Record<string, unknown>> | undefined {
    if (!this.present || isUnresolved(this.value)) {
      return undefined;
    }
    if (typeof this.value !== 'object' || Array.isArray(this.value)) {
      this.wrong('a map');
      return undefined;
    }
    return this.value as Readonly<Record<string, unknown>>;
  }

  private wrong(wanted: string): void {
    const { path } = this;
    // Several rules may read one field: it is wrong once.
    if (!this.wrongTypes.has(path)) {
      this.wrongTypes.set(path, { path, received: describeValue(this.value), wanted });
    }
  }
}
