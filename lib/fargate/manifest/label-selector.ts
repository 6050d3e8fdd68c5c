/**
 * Label selectors, as budgets have them.
 *
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
import type { Field } from './field';

type Labels = Readonly<Record<string, string>>;

/** One requirement on the labels; `key: value` under `matchLabels` is `In` with one value. */
interface Requirement {
  readonly key: string;
  readonly operator: string | undefined;
  readonly values: ReadonlySet<string>;
}

/** What all must hold; none holds for all labels. */
export type LabelSelector = readonly Requirement[];

/** Reads a `LabelSelector`: its `matchLabels`, and its `matchExpressions`. */
export function readSelector(field: Field): LabelSelector {
  return [
    ...Object.entries(field.get('matchLabels').strings()).map(([key, value]) => ({
      key,
      operator: 'In',
      values: new Set([value]),
    })),
    ...field
      .get('matchExpressions')
      .items()
      .map((requirement) => ({
        key: requirement.get('key').text() ?? '',
        operator: requirement.get('operator').text(),
        values: new Set(requirement.get('values').texts()),
      })),
  ];
}

/** Whether labels meet all of a selector. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return selector.every((requirement) => meets(requirement, labels));
}

function meets({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  const listed = value !== undefined && values.has(value);
  switch (operator) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Labelled things of many namespaces, found by a selector without trying each of them. */
export class LabelIndex<T extends { readonly namespace: string; readonly labels: Labels }> {
  private readonly groups = new Map<string, T[]>();

  constructor(things: readonly T[]) {
    for (const thing of things) {
      const { namespace, labels } = thing;
      this.add([namespace], thing);
      for (const [key, value] of Object.entries(labels)) {
        this.add([namespace, key], thing);
        this.add([namespace, key, value], thing);
      }
    }
  }

  /** Those of the namespace that the selector selects. */
  select(namespace: string, selector: LabelSelector): readonly T[] {
    // Any one requirement narrows them down; the one that leaves the fewest to try is rarely a label that all share.
    const [fewest = []] = [
      [this.group([namespace])],
      ...selector.flatMap((requirement) => this.meeting(namespace, requirement)),
    ].toSorted((a, b) => size(a) - size(b));
    return fewest.flat().filter(({ labels }) => selects(selector, labels));
  }

  /** The groups that together meet a requirement, where the index has such: a list of none or one. */
  private meeting(namespace: string, { key, operator, values }: Requirement): readonly T[][][] {
    switch (operator) {
      case 'In':
        return [[...values].map((value) => this.group([namespace, key, value]))];
      case 'Exists':
        return [[this.group([namespace, key])]];
      default:
        return [];
    }
  }

  private group(key: readonly string[]): T[] {
    return this.groups.get(JSON.stringify(key)) ?? [];
  }

  private add(key: readonly string[], thing: T): void {
    const text = JSON.stringify(key);
    const group = this.groups.get(text);
    if (group === undefined) {
      this.groups.set(text, [thing]);
    } else {
      group.push(thing);
    }
  }
}

function size(groups: readonly (readonly unknown[])[]): number {
  return groups.reduce((sum, group) => sum + group.length, 0);
}
