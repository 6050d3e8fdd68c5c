/**
 * How kubectl understands YAML: the scalars, tags and maps of gopkg.in/yaml.v2, which sigs.k8s.io/yaml turns into JSON.
 * test/commands/preflight/kubectl.test.ts compares it with kubectl itself.
 */
import type { Schema, TagDefinition } from 'js-yaml';
import yaml = require('js-yaml');
import { isDeepStrictEqual } from 'node:util';
import { describeValue } from '../../fargate/manifest/field';

/** A key that a map has twice. */
export interface RepeatedKey {
  readonly key: string;
  /** Whether both values are the same. */
  readonly equal: boolean;
}

/**
 * Makes a schema.
 *
 * @param onRepeatedKey called for each key that a map has twice; what it returns is thrown, if it is not empty. The last value
 *   is kept.
 */
export function kubectlSchema(onRepeatedKey: (repeated: RepeatedKey) => string): Schema {
  return new yaml.Schema([
    yaml.strTag,
    // A tag that kubectl does not know changes nothing.
    { ...yaml.strTag, ...anyTag },
    { ...yaml.seqTag, ...anyTag },
    { ...objectTag(onRepeatedKey), ...anyTag },
    yaml.nullYaml11Tag,
    yaml.boolYaml11Tag,
    numberTag('int', true),
    numberTag('float', false),
    yaml.mergeTag,
    binaryTag,
  ]);
}

const anyTag = { tagName: '', matchByTagPrefix: true } as const;

/** strconv.ParseInt of Go with base 0, after the underscores are gone. */
const integer = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/u;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/u;

function numberTag(name: 'int' | 'float', implicit: boolean): TagDefinition {
  return yaml.defineScalarTag<number>(`tag:yaml.org,2002:${name}`, {
    implicit,
    implicitFirstChars: Array.from('+-.0123456789'),
    resolve: resolveNumber,
    identify: () => false,
  });
}

function resolveNumber(source: string): number | typeof yaml.NOT_RESOLVED {
  const plain = source.replaceAll('_', '');
  const [, sign = '', digits] = integer.exec(plain) ?? [];
  if (digits !== undefined) {
    const value = Number(digits.replace(/^0[oO]?(?=[0-7])/u, '0o'));
    return sign === '-' && value !== 0 ? -value : value;
  }
  const value = float.test(plain) ? Number(plain) : Number.POSITIVE_INFINITY;
  return Number.isFinite(value) ? value : yaml.NOT_RESOLVED;
}

const binaryTag = yaml.defineScalarTag<string>('tag:yaml.org,2002:binary', {
  resolve: (source) => Buffer.from(source, 'base64').toString('utf8'),
  identify: () => false,
});

type PlainObject = Record<string, unknown>;

/** A map as a plain object. Merged keys (`<<`) may be written again, and a merge overrides what stands before it. */
function objectTag(onRepeatedKey: (repeated: RepeatedKey) => string) {
  const merged = new WeakMap<PlainObject, Set<string>>();
  // A merge asks for each of its keys right before it adds it.
  let merging: string | undefined;
  return yaml.defineMappingTag<PlainObject>('tag:yaml.org,2002:map', {
    create: () => ({}),
    has: (map, key) => {
      const isMerged = merged.get(map)?.has(String(key)) ?? false;
      merging = isMerged ? undefined : String(key);
      return isMerged;
    },
    addPair: (map, key, value) => {
      const isMerge = merging !== undefined;
      merging = undefined;
      if (typeof key === 'object') {
        return `a key is ${describeValue(key)}. Write a text`;
      }
      const name = String(key);
      if (isMerge) {
        merged.set(map, (merged.get(map) ?? new Set()).add(name));
      } else if (!merged.get(map)?.delete(name) && Object.hasOwn(map, name)) {
        const mistake = onRepeatedKey({ key: name, equal: isDeepStrictEqual(map[name], value) });
        if (mistake !== '') {
          return mistake;
        }
      }
      if (name === '__proto__') {
        Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
      } else {
        map[name] = value;
      }
      return '';
    },
    keys: (map) => Object.keys(map),
    get: (map, key) => map[String(key)],
    identify: () => false,
  });
}
