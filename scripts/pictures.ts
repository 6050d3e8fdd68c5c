import { architectureDiagram, type Template } from './architecture-diagram';
import { dataFlowDiagram } from './data-flow';

/** The pictures of the README, in Markdown: what the template creates, and how data flows through the code. */
export function pictures(template: Template): string {
  return [architectureDiagram(template), dataFlowDiagram()]
    .map((diagram) => `\`\`\`mermaid\n${diagram}\n\`\`\``)
    .join('\n\nData flows one way through the code:\n\n');
}
