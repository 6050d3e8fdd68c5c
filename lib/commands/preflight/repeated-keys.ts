/** The rule of the reader: what it says is lost in the plain object that every other rule sees. */
import type { Finding } from '../../fargate/finding';
import { readObjects } from '../../fargate/manifest/kube-object';
import type { RuleData } from '../../fargate/rules/rule';
import { shortList, wordProblems } from '../../fargate/words';
import type { PlacedObject } from './read-documents';

export const repeatedKeyRule: RuleData = {
  id: 'repeated-key',
  severity: 'warning',
  why: 'A map in YAML or JSON has each key once. kubectl and Helm keep the last value without a word, kustomize and Argo CD refuse the file: what was meant, only its author knows.',
  source: 'https://yaml.org/spec/1.2.2/#mapping',
};

/**
 * What is to be said of the keys that a document repeats.
 *
 * @param place file and line of the document, its name where it has no other.
 */
export function repeatedKeyFindings(
  { value, repeated }: PlacedObject,
  index: number,
  namespace: string,
  place: string,
): readonly Finding[] {
  if (repeated === undefined) {
    return [];
  }
  const { objects } = readObjects([value], namespace, () => place);
  const { keys, line } = repeated;
  const names = shortList([...new Set(keys.map(({ key }) => JSON.stringify(key)))]);
  const equal = keys.every((key) => key.equal);
  const { id, severity, source } = repeatedKeyRule;
  const object = objects.length === 1 ? objects[0]!.label : place;
  const problem = {
    text: `has ${names} twice in one map (line ${line}): ${equal ? 'with the same value' : 'kubectl keeps the last value'}`,
    fix: 'Remove one.',
  };
  return [{ rule: id, severity, object, message: wordProblems(object, [problem]), source, index }];
}
