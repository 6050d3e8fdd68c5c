/**
 * Findings that somebody accepts, with a reason: in an annotation of the object, or in a list of the caller's.
 * Such a finding is shown, and counts neither as an error nor as a warning.
 */
import type { Finding } from './finding';
import type { KubeObject, Subject } from './manifest/kube-object';
import type { Problem, RuleData } from './rules/rule';
import { objectsPage } from './rules/sources';

/** One finding that is accepted. */
export interface Acknowledgement {
  /** Id of the rule. */
  readonly rule: string;
  /** The object, as the finding has it. */
  readonly object: string;
  readonly reason: string;
}

/** `rule-id: reason`; several are separated by line breaks or semicolons. */
export const acknowledgeAnnotation = 'eks-fargate.io/acknowledge';

/** What is said of an acknowledgement that accepts nothing. */
export const acknowledgedNothing: RuleData = {
  id: 'acknowledged-nothing',
  severity: 'warning',
  why: 'An acknowledgement that matches no finding of its object hides the next one: a rule by another name, or one that no longer finds anything. One without a reason is not accepted.',
  source: objectsPage,
};

/** An entry of the annotation. */
export interface AnnotationEntry {
  readonly rule: string;
  /** Empty where it says none. */
  readonly reason: string;
}

/**
 * What each object acknowledges; objects without the annotation are left out.
 *
 * @param notAsked rules that this run does not ask, of which nobody can tell whether they find something
 */
export function readAnnotations(
  objects: readonly KubeObject[],
  notAsked: readonly string[],
): ReadonlyMap<Subject, readonly AnnotationEntry[]> {
  return new Map(
    objects
      .map((object) => ({
        object,
        text: object.root.get('metadata').get('annotations').get(acknowledgeAnnotation).text(),
      }))
      .filter(({ text }) => text !== undefined)
      .map(({ object, text }) => [object, readEntries(text!).filter(({ rule }) => !notAsked.includes(rule))]),
  );
}

/** A part that does not begin like an entry goes on with the reason of the one before: reasons may hold both separators. */
function readEntries(text: string): readonly AnnotationEntry[] {
  const entries: { rule: string; reason: string }[] = [];
  for (const [whole, separator = '', part = ''] of text.matchAll(/([;\n]?)([^;\n]*)/gu)) {
    const [, rule, reason] = /^\s*([a-z]+(?:-[a-z]+)*)\s*:(.*)$/u.exec(part) ?? [];
    const last = entries.at(-1);
    if (rule !== undefined) {
      entries.push({ rule, reason: reason!.trim() });
    } else if (last !== undefined) {
      last.reason = `${last.reason}${separator === ';' ? ';' : ''} ${part.trim()}`.trim();
    } else if (whole.trim() !== '') {
      entries.push({ rule: part.trim(), reason: '' });
    }
  }
  return entries;
}

/** Why an entry accepts nothing. */
export function explainUnused({ rule, reason }: AnnotationEntry): Problem {
  return reason === ''
    ? {
        text: `annotation ${acknowledgeAnnotation} has no reason for ${JSON.stringify(rule)}`,
        fix: 'Write "rule-id: why it is fine here".',
      }
    : {
        text: `annotation ${acknowledgeAnnotation} names ${rule}, which finds nothing here`,
        fix: 'Remove the entry, or write the id of the rule (docs/rules.md).',
      };
}

/**
 * Marks the findings that a list accepts, and adds a finding for each entry of the list that matches none.
 *
 * @param findings of one run: of manifests, of profiles, or both
 */
export function acknowledge(
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
): readonly Finding[] {
  const reasons = new Map(acknowledgements.map((entry) => [key(entry), entry.reason]));
  const found = new Set(findings.map(key));
  return [
    ...findings.map((finding): Finding => {
      const reason = reasons.get(key(finding));
      return reason === undefined ? finding : { ...finding, acknowledged: reason };
    }),
    ...acknowledgements
      .filter((entry) => !found.has(key(entry)))
      .map(({ rule, object }): Finding => ({
        rule: acknowledgedNothing.id,
        severity: acknowledgedNothing.severity,
        object,
        message: `${object}: ${rule} is acknowledged, and finds nothing there. Remove the entry, or write rule and object as the finding has them.`,
        source: acknowledgedNothing.source,
        index: undefined,
      })),
  ];
}

function key({ rule, object }: { readonly rule: string; readonly object: string }): string {
  return JSON.stringify([rule, object]);
}
