import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { EnvironmentPlan } from '../../lib/stack/plan-environment';
import { architectureDiagram } from './architecture-diagram';
import { autoModeTable } from './auto-mode-table';
import { dataFlowDiagram } from './data-flow';
import { endpointsTable } from './endpoints-table';
import { replaceSection } from './marked-section';
import { rulesPage } from './rules-page';
import { settingsPage } from './settings-page';
import { storefrontPreflight } from './storefront-page';

/** A file of the repository that is generated, as a whole or in sections. */
export interface GeneratedFile {
  /** Its path from the root. */
  readonly file: string;
  /** What it holds. */
  readonly current: string;
  /** What it should hold. */
  readonly generated: string;
}

const privatePage = 'docs/private-operation.md';
const storefrontPage = 'examples/storefront/README.md';

/**
 * Every generated file.
 *
 * @param root folder of the repository.
 * @param plan of the environment that the README shows.
 */
export function generatedFiles(root: string, plan: EnvironmentPlan): readonly GeneratedFile[] {
  const generate = (file: string, render: (current: string) => string): GeneratedFile => {
    const current = readFileSync(path.join(root, file), 'utf8');
    return { file, current, generated: render(current) };
  };
  const sections = {
    architecture: mermaid(architectureDiagram(plan)),
    'data-flow': mermaid(dataFlowDiagram()),
  };
  return [
    generate('README.md', (current) =>
      Object.entries(sections).reduce(
        (page, [name, content]) => replaceSection(page, name, content),
        current,
      ),
    ),
    generate('docs/rules.md', () => rulesPage()),
    generate('docs/settings.md', () => settingsPage()),
    // A fork may have removed the page, or the example.
    ...(existsSync(path.join(root, privatePage))
      ? [generate(privatePage, (current) => replaceSection(current, 'endpoints', endpointsTable()))]
      : []),
    ...(existsSync(path.join(root, storefrontPage))
      ? [
          generate(storefrontPage, (current) =>
            replaceSection(current, 'preflight', storefrontPreflight(root)),
          ),
          generate('docs/fargate-or-auto-mode.md', (current) =>
            replaceSection(current, 'auto-mode', autoModeTable(root)),
          ),
        ]
      : []),
  ];
}

function mermaid(diagram: string): string {
  return `\`\`\`mermaid\n${diagram}\n\`\`\``;
}
