/** Asks one rule about everything it judges. */
import type { Subject } from './manifest/kube-object';
import { isKind, type Facts, type Problem, type Rule } from './rules/rule';

/** What one rule has against one object. */
export interface Judgement {
  readonly rule: Rule;
  readonly object: Subject;
  /** At least one. */
  readonly problems: readonly Problem[];
}

/** What a rule finds. A rule that throws is itself a finding: nobody may take its silence for a pass. */
export function runRule(rule: Rule, facts: Facts): readonly Judgement[] {
  switch (rule.judges) {
    case 'pod':
      return judgeEach(
        rule,
        facts.pods,
        ({ object }) => object,
        (pod) => rule.check(pod, facts),
      );
    case 'object':
    case 'kind': {
      const objects =
        rule.judges === 'object'
          ? facts.objects
          : facts.objects.filter((object) => isKind(object, rule.group, rule.kind));
      return judgeEach(
        rule,
        objects,
        (object) => object,
        (object) => rule.check(object, facts),
      );
    }
    case 'together':
      try {
        return byObject(rule, rule.check(facts));
      } catch (error) {
        return [crashed(rule, { label: 'all objects', index: 0 }, error)];
      }
  }
}

function judgeEach<T>(
  rule: Rule,
  things: readonly T[],
  objectOf: (thing: T) => Subject,
  check: (thing: T) => readonly Problem[],
): readonly Judgement[] {
  const judgements: Judgement[] = [];
  // A loop: with thousands of things and dozens of rules, lists of nothing are most of the work.
  for (const thing of things) {
    try {
      const problems = check(thing);
      if (problems.length > 0) {
        judgements.push({ rule, object: objectOf(thing), problems });
      }
    } catch (error) {
      judgements.push(crashed(rule, objectOf(thing), error));
    }
  }
  return judgements;
}

function byObject(
  rule: Rule,
  problems: readonly (Problem & { readonly object: Subject })[],
): readonly Judgement[] {
  const groups = new Map<Subject, Problem[]>();
  for (const problem of problems) {
    const group = groups.get(problem.object) ?? [];
    groups.set(problem.object, group);
    group.push(problem);
  }
  return [...groups].map(([object, own]) => ({ rule, object, problems: own }));
}

function crashed(rule: Rule, object: Subject, error: unknown): Judgement {
  const reason = error instanceof Error ? error.message : String(error);
  const text = `rule ${rule.id} failed (${reason}), so the object counts as refused`;
  const fix = 'This is a defect of the rule: please report it.';
  return { rule: { ...rule, severity: 'error' }, object, problems: [{ text, fix }] };
}
