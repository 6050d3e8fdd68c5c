import { readFileSync } from 'node:fs';
import { load as loadYaml, YAMLException } from 'js-yaml';
import type { Acknowledgement } from '../../fargate/acknowledge';
import { UserError } from '../../user-error';
import { quote } from '../../wording';
import { nearestRule, ruleIds } from './explain';

const fields = ['rule', 'object', 'reason'] as const;

/**
 * Reads a file of findings that somebody accepts: a list, in YAML or JSON, of `rule`, `object` and `reason`.
 *
 * @throws UserError with one line for each mistake.
 */
export function readAcknowledgements(file: string): readonly Acknowledgement[] {
  const entries = load(file);
  if (!Array.isArray(entries)) {
    throw new UserError([`${file}: write a list, each entry with ${fields.join(', ')}`]);
  }
  const mistakes = entries.flatMap((entry: unknown, index) =>
    mistakesOf(entry).map((mistake) => `${file}, entry ${index + 1}: ${mistake}`),
  );
  if (mistakes.length > 0) {
    throw new UserError(mistakes);
  }
  return entries as readonly Acknowledgement[];
}

function load(file: string): unknown {
  try {
    return loadYaml(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof YAMLException ? error.reason : (error as Error).message;
    throw new UserError([`${file}: ${reason}`]);
  }
}

function mistakesOf(entry: unknown): readonly string[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return [`write a map with ${fields.join(', ')}`];
  }
  const given = entry as Readonly<Record<string, unknown>>;
  const missing = fields.filter((field) => typeof given[field] !== 'string' || given[field] === '');
  const unknown = Object.keys(given).filter((key) => !(fields as readonly string[]).includes(key));
  const { rule } = given;
  return [
    ...missing.map((field) => `${field} is missing, or no text`),
    ...unknown.map((key) => `unknown key ${quote(key)}: the keys are ${fields.join(', ')}`),
    ...(typeof rule === 'string' && rule !== '' && !ruleIds.includes(rule) ? [nearestRule(rule)] : []),
  ];
}
