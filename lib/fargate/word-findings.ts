/** From judgements to findings: what is accepted is marked, what is true of all objects of a kind is said once. */
import { acknowledgedNothing, explainUnused, type AnnotationEntry } from './acknowledge';
import type { Finding } from './finding';
import type { Subject } from './manifest/kube-object';
import type { RuleData } from './rules/rule';
import type { Judgement } from './run-rule';
import { shortList, wordProblems } from './words';

/**
 * @param accepted what the objects acknowledge by their annotation
 * @returns the findings of all judgements, and one for each object that acknowledges nothing
 */
export function wordFindings(
  judgements: readonly Judgement[],
  accepted: ReadonlyMap<Subject, readonly AnnotationEntry[]>,
): readonly Finding[] {
  const used = new Set<AnnotationEntry>();
  const ofKinds = new Map<string, Judgement[]>();
  const findings: Finding[] = [];
  for (const judgement of judgements) {
    const { rule, object, problems } = judgement;
    const entry = accepted.get(object)?.find((each) => each.rule === rule.id && each.reason !== '');
    if (entry !== undefined) {
      used.add(entry);
      findings.push({
        ...finding(rule, object, wordProblems(object.label, problems)),
        acknowledged: entry.reason,
      });
    } else if (rule.judges === 'kind') {
      const others = ofKinds.get(rule.id) ?? [];
      ofKinds.set(rule.id, others);
      others.push(judgement);
    } else {
      findings.push(finding(rule, object, wordProblems(object.label, problems)));
    }
  }
  const unused = [...accepted].flatMap(([object, entries]) => {
    const problems = entries.filter((entry) => !used.has(entry)).map(explainUnused);
    return problems.length === 0
      ? []
      : [finding(acknowledgedNothing, object, wordProblems(object.label, problems))];
  });
  return [...findings, ...[...ofKinds.values()].map(ofKind), ...unused];
}

/** One finding for all objects of a kind, at the place of the first. */
function ofKind(judgements: readonly Judgement[]): Finding {
  const [{ rule, object }] = judgements as [Judgement];
  const problems = judgements.flatMap((judgement) => judgement.problems);
  const [kind = ''] = object.label.split(' ');
  const names = judgements.map(({ object: { label } }) => label.slice(kind.length + 1));
  const label = `${kind} ${shortList(names)}`;
  return finding(rule, { label: kind, index: object.index }, wordProblems(label, problems));
}

function finding({ id, severity, source }: RuleData, { label, index }: Subject, message: string): Finding {
  return { rule: id, severity, object: label, message, source, index };
}
