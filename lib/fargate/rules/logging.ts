/** The log router's configuration: what Fargate validates, and silently logs nothing without. */
import { isUnresolved } from '../manifest/field';
import { entryOf, readFluentConf, type FluentSection } from '../manifest/fluent-conf';
import { readable, type KubeObject } from '../manifest/kube-object';
import { itOrThem, shortList } from '../words';
import { isKind, type Rule } from './rule';
import { loggingPage } from './sources';

const longest = 5300;

/** What Fargate validates of one key of the ConfigMap. */
interface Key {
  /** The only section that may stand there. */
  readonly section: string;
  /** What each section needs; keys are written in any case. */
  readonly required: readonly string[];
  /** The plugins that it may name; undefined for any. */
  readonly plugins?: ReadonlySet<string>;
}

const keys: ReadonlyMap<string, Key> = new Map([
  [
    'filters.conf',
    {
      section: 'FILTER',
      required: ['Name', 'Match'],
      plugins: new Set([
        'grep',
        'parser',
        'record_modifier',
        'rewrite_tag',
        'throttle',
        'nest',
        'modify',
        'kubernetes',
      ]),
    },
  ],
  [
    'output.conf',
    {
      section: 'OUTPUT',
      required: ['Name', 'Match'],
      plugins: new Set(['es', 'firehose', 'kinesis_firehose', 'cloudwatch', 'cloudwatch_logs', 'kinesis']),
    },
  ],
  ['parsers.conf', { section: 'PARSER', required: ['Name', 'Format'] }],
]);
/** What Fargate sets itself in the filter kubernetes. */
const ownedByFargate = new Set(['kube_url', 'kube_ca_file', 'kube_token_command', 'kube_token_file']);
/** All keys that the user guide names: the last has the log router write a log of its own. */
const knownKeys: readonly string[] = [...keys.keys(), 'flb_log_cw'];

/** A variable, other than a token of CDK. A name has no `$`: to look past one would make `${${${…` quadratic. */
const variablePattern = /\$\{(?!Token\[)[^$}\n]*\}/gu;

function isLogging(object: KubeObject): boolean {
  return (
    isKind(object, '', 'ConfigMap') &&
    object.name === 'aws-logging' &&
    object.namespace === 'aws-observability'
  );
}

/** The configuration under each key that has one, and what Fargate validates of it. */
function configurations(
  object: KubeObject,
): readonly { readonly name: string; readonly key: Key; readonly sections: readonly FluentSection[] }[] {
  if (!isLogging(object)) {
    return [];
  }
  const data = object.root.get('data').strings();
  return [...keys].map(([name, key]) => ({ name, key, sections: readFluentConf(data[name] ?? '') }));
}

/** What is wrong with one section that is at its place. */
function judgeSection(section: FluentSection, { required, plugins }: Key): readonly string[] {
  const plugin = entryOf(section, 'Name');
  return [
    ...required
      .filter((key) => entryOf(section, key) === undefined)
      .map((key) => `[${readable(section.name)}] without ${key}`),
    ...(plugin === undefined ||
    plugins === undefined ||
    isUnresolved(plugin) ||
    plugins.has(plugin.toLowerCase())
      ? []
      : [`[${readable(section.name)}] ${readable(plugin)}`]),
    ...section.entries
      .filter(({ key }) => ownedByFargate.has(key.toLowerCase()))
      .map(({ key }) => `${readable(key)}, which it sets itself`),
  ];
}

/** Whether directives have one indentation, and entries one that is deeper. */
function isIndentedEvenly(sections: readonly FluentSection[]): boolean {
  const outer = new Set(sections.map(({ indent }) => indent));
  const inner = new Set(sections.flatMap(({ entries }) => entries.map(({ indent }) => indent)));
  return (
    outer.size <= 1 &&
    inner.size <= 1 &&
    [...inner].every((indent) => [...outer].every((less) => indent > less))
  );
}

export const loggingRules: readonly Rule[] = [
  {
    id: 'logging-size',
    severity: 'error',
    why: 'Fargate ignores a ConfigMap aws-logging of more than 5,300 characters.',
    source: loggingPage,
    judges: 'object',
    check: (object) => {
      if (!isLogging(object)) {
        return [];
      }
      const length = Object.values(object.root.get('data').strings()).reduce(
        (sum, text) => sum + text.length,
        0,
      );
      return length <= longest
        ? []
        : [
            {
              text: `data has ${length} characters, and Fargate accepts at most ${longest}`,
              fix: 'Shorten filters.conf, output.conf and parsers.conf.',
            },
          ];
    },
  },
  {
    id: 'logging-sections',
    severity: 'error',
    why: 'Fargate rejects any section but FILTER, OUTPUT and PARSER, each under its own key, and needs at least one OUTPUT.',
    source: loggingPage,
    judges: 'object',
    check: (object) => {
      const misplaced = configurations(object).flatMap(({ name, key, sections }) =>
        sections
          .filter((section) => section.name.toUpperCase() !== key.section)
          .map((section) => ({
            text: `Fargate rejects section [${readable(section.name)}] in ${name}`,
            fix: 'Write [FILTER] in filters.conf, [OUTPUT] in output.conf and [PARSER] in parsers.conf only.',
          })),
      );
      const output = object.root.get('data').get('output.conf').text() ?? '';
      return !isLogging(object) || isUnresolved(output) || readFluentConf(output).length > 0
        ? misplaced
        : [
            ...misplaced,
            { text: 'Fargate logs nothing without an [OUTPUT] section in output.conf', fix: 'Add one.' },
          ];
    },
  },
  {
    id: 'logging-entries',
    severity: 'error',
    why: `Fargate validates the ConfigMap, and drops all of it where a section lacks what it needs (Name and Match, of a PARSER Name and Format), names another plugin than ${[...keys.values()].flatMap(({ plugins = [] }) => [...plugins]).join(', ')}, or sets what Fargate sets itself in the filter kubernetes.`,
    source: loggingPage,
    judges: 'object',
    check: (object) =>
      configurations(object).flatMap(({ name, key, sections }) =>
        sections
          .filter((section) => section.name.toUpperCase() === key.section)
          .flatMap((section) => judgeSection(section, key))
          .map((what) => ({
            text: `Fargate rejects ${name} for ${what}`,
            fix: 'Correct it, or Fargate drops the whole ConfigMap and logs nothing.',
          })),
      ),
  },
  {
    id: 'logging-indentation',
    severity: 'error',
    why: 'Fargate drops a ConfigMap whose sections, or whose entries, are not indented alike under one key, or whose entries are not indented more than their sections.',
    source: loggingPage,
    judges: 'object',
    check: (object) =>
      configurations(object)
        .filter(({ sections }) => !isIndentedEvenly(sections))
        .map(({ name }) => ({
          text: `Fargate rejects ${name} for its indentation`,
          fix: 'Indent all sections alike, and all entries alike and deeper.',
        })),
  },
  {
    id: 'logging-keys',
    severity: 'warning',
    why: 'The user guide knows the keys filters.conf, output.conf, parsers.conf and flb_log_cw. Whether Fargate passes over any other, or rejects the whole ConfigMap, it does not say (unverified).',
    source: loggingPage,
    judges: 'object',
    check: (object) => {
      const unknown = isLogging(object)
        ? object.root
            .get('data')
            .entries()
            .map(([key]) => key)
            .filter((key) => !knownKeys.includes(key))
        : [];
      return unknown.length === 0
        ? []
        : [
            {
              text: `the user guide does not name the key ${shortList(unknown.map(readable))}`,
              fix: `Remove ${itOrThem(unknown)}, or use ${knownKeys.join(', ')}.`,
            },
          ];
    },
  },
  {
    id: 'logging-variables',
    severity: 'error',
    why: 'Fargate does not allow environment variables in the log router’s configuration.',
    source: loggingPage,
    judges: 'object',
    check: (object) =>
      isLogging(object)
        ? Object.entries(object.root.get('data').strings()).flatMap(([key, text]) =>
            [...text.matchAll(variablePattern)].map(([variable]) => ({
              text: `Fargate does not allow the variable ${readable(variable)} in ${readable(key)}`,
              fix: 'Write its value.',
            })),
          )
        : [],
  },
  {
    id: 'logging-namespace',
    severity: 'error',
    why: 'Fargate looks for its logging configuration in the namespace aws-observability, and only when that has the label aws-observability: enabled.',
    source: loggingPage,
    judges: 'object',
    check: (object) =>
      isKind(object, '', 'Namespace') &&
      object.name === 'aws-observability' &&
      object.root.get('metadata').get('labels').strings()['aws-observability'] !== 'enabled'
        ? [
            {
              text: 'Fargate logs nothing without the label aws-observability: enabled',
              fix: 'Add it to metadata.labels.',
            },
          ]
        : [],
  },
];
