/** The page docs/rules.md, generated so that it cannot tell of other rules than the engine has. */
import { acknowledgeAnnotation } from '../../lib/fargate/acknowledge';
import { rulesToExplain } from '../../lib/fargate/rules/index';
import type { RuleData } from '../../lib/fargate/rules/rule';

const introduction = `# Rules

<!-- Generated from lib/fargate/rules/index.ts, by npm run accept. Do not edit. -->

What \`cdk synth\` and \`npm run preflight\` hold against manifests and Fargate profiles, by the file that has the
rule. An **error** is what Fargate, EKS or Kubernetes refuses, leaves Pending, or never makes work; it stops the
synthesis. A **warning** runs and will hurt. There is one finding for each rule and object.

A rule that fails on an object counts as an error of that object. Values that CDK knows only at deploy time are not
judged, and where that matters a warning says so. Pods of DaemonSets are not judged further: none runs on Fargate.
\`wrong-type\` looks at the fields that some rule reads.

## Accept a finding

Annotate the object with the id of the rule and the reason. The finding is then shown as acknowledged, and counts
neither as an error nor as a warning:

\`\`\`yaml
metadata:
  annotations:
    ${acknowledgeAnnotation}: |
      no-spreading: one zone is enough for this cache
      job-without-ttl: deleted by the operator
\`\`\`

Entries are separated by line breaks or semicolons. An entry that matches no finding is a warning itself
(\`acknowledged-nothing\`). For objects that are not yours to annotate, \`npm run preflight\` reads rule, object and
reason from a file (\`--acknowledgements\`). In an app, a warning can also be acknowledged by its construct:
\`Annotations.of(construct).acknowledgeWarning('eks-fargate:no-spreading', 'why it is fine here')\`.
`;

/** The whole page, as Markdown. */
export function rulesPage(): string {
  return [
    introduction,
    ...Object.entries(rulesToExplain).flatMap(([file, rules]) => [
      `## ${file}\n\nIn [lib/fargate/${file}](../lib/fargate/${file}).\n`,
      ...rules.map(describe),
    ]),
  ].join('\n');
}

function describe({ id, severity, why, source, onlyInTemplate }: RuleData): string {
  const where = onlyInTemplate === undefined ? '' : ', in a stack only';
  return `### ${id}\n\n**${severity}**${where}. ${why}\n\nSource: <${source}>\n`;
}
