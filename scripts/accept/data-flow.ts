import { readFileSync } from 'node:fs';
import path from 'node:path';

interface LintOverride {
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, unknown>>;
}

/** What each room is for, in the order of the flow. Rooms of lib without their folder. */
const rooms: Readonly<Record<string, string>> = {
  config: 'environments, settings',
  stack: 'the app, its stacks',
  constructs: 'network, cluster, workload',
  charts: 'what runs, as cdk8s charts',
  synthesis: 'plan, findings, Guard rules',
  fargate: 'rules, sizes, prices',
  commands: 'preflight, verify, manifests',
};

/**
 * The flow of data through the rooms as a Mermaid flow chart, drawn from the rules of the linter: an arrow leads from a
 * room to one that may import it, unless a longer way says the same.
 */
export function dataFlowDiagram(): string {
  const names = Object.keys(rooms);
  const importable = importableRooms(names);
  const arrows = names.flatMap((to) =>
    importable
      .get(to)!
      .filter((from) => !importable.get(to)!.some((between) => importable.get(between)!.includes(from)))
      .map((from) => `${from} --> ${to}`),
  );
  return [
    'flowchart TB',
    ...names.map((name) => `${name}["${name === 'charts' ? name : `lib/${name}`}<br>${rooms[name]}"]`),
    ...arrows,
  ].join('\n');
}

/** The rooms that each room may import, by the linter's rules. */
function importableRooms(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const { overrides } = JSON.parse(
    readFileSync(path.join(__dirname, '..', '..', '.oxlintrc.json'), 'utf8'),
  ) as {
    readonly overrides: readonly LintOverride[];
  };
  return new Map(
    names.map((name) => {
      const forbidding = overrides
        .filter(({ files }) =>
          files.some((glob) => glob.startsWith(name === 'charts' ? 'charts/' : `lib/${name}/`)),
        )
        .map(({ rules }) => JSON.stringify(rules['no-restricted-imports'] ?? ''));
      return [
        name,
        names.filter(
          (other) =>
            other !== name &&
            // charts has a list of what it may import, and no room is on it.
            name !== 'charts' &&
            !forbidding.some((rule) => new RegExp(`[(|]${other}[|)]`, 'u').test(rule)),
        ),
      ];
    }),
  );
}
