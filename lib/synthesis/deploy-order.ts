import type { IConstruct } from 'constructs';

/** Sorts what constructs own as CloudFormation deploys it: each after what its construct waits for, else as given. */
export function inDeployOrder<T extends { readonly owner: IConstruct }>(items: readonly T[]): readonly T[] {
  const ordered: T[] = [];
  const owners = new Set(items.map(({ owner }) => owner));
  const seen = new Set<IConstruct>();
  const visit = (construct: IConstruct): void => {
    if (seen.has(construct)) {
      return;
    }
    seen.add(construct);
    // What an enclosing construct waits for, all in it wait for.
    for (const dependency of construct.node.scopes.flatMap(({ node }) => node.dependencies)) {
      dependency.node.findAll().forEach(visit);
    }
    if (owners.has(construct)) {
      ordered.push(...items.filter(({ owner }) => owner === construct));
    }
  };
  items.forEach(({ owner }) => visit(owner));
  return ordered;
}
