import { existsSync } from 'node:fs';
import path from 'node:path';
import { dataFlowDiagram } from '../../../scripts/data-flow';
import { filesOf, read, root } from '../../support/pages';

/** Boxes of the picture that stand for modules: their id and path. */
const boxes = new Map(
  [...dataFlowDiagram.matchAll(/(\w+)\["((?:lib|charts)[\w./-]*)/g)].map((match) => [match[1]!, match[2]!]),
);
const arrows = [...dataFlowDiagram.matchAll(/^(\w+)(?:\[[^\]]*\])? -->(?:\|[^|]*\|)? (\w+)/gm)]
  .map((match) => [match[1]!, match[2]!] as const)
  .filter((ends) => ends.every((end) => boxes.has(end)));

/** The modules of a box that import a module of another. */
function importersOf(from: string, to: string): string[] {
  const modules = from.endsWith('.ts') ? [from] : filesOf(from, '.ts');
  return modules.filter((module) =>
    [...read(module).matchAll(/from '(\.[^']+)'/g)].some((match) =>
      `${path.join(path.dirname(module), match[1]!)}.ts`.startsWith(to),
    ),
  );
}

test('the picture shows modules that exist, and arrows between them', () => {
  expect([...boxes.values()].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  expect(boxes.size).toBeGreaterThanOrEqual(7);
  expect(arrows.length).toBeGreaterThanOrEqual(6);
});

test.each(arrows.filter(([from]) => from !== 'constructs'))('%s --> %s: imports go one way', (from, to) => {
  const [one, other] = [boxes.get(from)!, boxes.get(to)!];
  const directions = [importersOf(one, other), importersOf(other, one)].filter(
    (modules) => modules.length > 0,
  );
  expect(directions).toHaveLength(1);
});

test('constructs --> checks: the checks know no construct, no chart and no configuration', () => {
  expect(importersOf('lib/synthesis/fargate-plan.ts', 'lib/fargate/')).toHaveLength(1);
  const outside = filesOf('lib/fargate', '.ts').flatMap((module) =>
    [...read(module).matchAll(/from '(\.[^']+)'/g)]
      .map((match) => path.join(path.dirname(module), match[1]!))
      .filter((imported) => !imported.startsWith('lib/fargate/')),
  );
  expect(outside).toEqual([]);
});
