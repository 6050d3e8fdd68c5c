/** The log router's configuration: what Fargate validates, and silently logs nothing without. */
import { isUnresolved } from '../manifest/field';
import { readable, type KubeObject } from '../manifest/kube-object';
import { itOrThem, shortList } from '../words';
import { isKind, type Rule } from './rule';
import { loggingPage } from './sources';

const longest = 5300;
/** The section each key of the ConfigMap may have. */
const sections: ReadonlyMap<string, string> = new Map([
  ['filters.conf', 'FILTER'],
  ['output.conf', 'OUTPUT'],
  ['parsers.conf', 'PARSER'],
]);
/** All keys that the user guide names: the last has the log router write a log of its own. */
const knownKeys: readonly string[] = [...sections.keys(), 'flb_log_cw'];

/** A variable, other than a token of CDK. A name has no `$`: to look past one would make `${${${…` quadratic. */
const variablePattern = /\$\{(?!Token\[)[^$}\n]*\}/gu;

function isLogging(object: KubeObject): boolean {
  return (
    isKind(object, '', 'ConfigMap') &&
    object.name === 'aws-logging' &&
    object.namespace === 'aws-observability'
  );
}

function sectionsOf(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*\[([^\]\n]*)\]/gmu)].map(([, name = '']) => name.trim());
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
    why: 'Fargate rejects any section but FILTER, OUTPUT and PARSER, each under its own key, and needs one OUTPUT at least.',
    source: loggingPage,
    judges: 'object',
    check: (object) => {
      if (!isLogging(object)) {
        return [];
      }
      const data = object.root.get('data').strings();
      const misplaced = [...sections].flatMap(([key, wanted]) =>
        sectionsOf(data[key] ?? '')
          .filter((section) => section.toUpperCase() !== wanted)
          .map((section) => ({
            text: `Fargate rejects section [${readable(section)}] in ${key}`,
            fix: `Write [FILTER] in filters.conf, [OUTPUT] in output.conf and [PARSER] in parsers.conf only.`,
          })),
      );
      const output = data['output.conf'] ?? '';
      const hasOutput = isUnresolved(output) || sectionsOf(output).length > 0;
      return hasOutput
        ? misplaced
        : [
            ...misplaced,
            { text: 'Fargate logs nothing without an [OUTPUT] section in output.conf', fix: 'Add one.' },
          ];
    },
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
