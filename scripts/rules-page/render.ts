/** The page docs/rules.md, generated so that it cannot tell of other rules than the engine has. */
import { profileRules } from '../../lib/fargate/check-profiles';
import { rules } from '../../lib/fargate/rules/index';

/** What the page says of a rule. */
interface Described {
  readonly id: string;
  readonly severity: string;
  readonly why: string;
  readonly source: string;
}

const introduction = `# Rules

<!-- Generated from lib/fargate/rules/index.ts, by npm run rules. Do not edit. -->

What \`cdk synth\` and \`npm run preflight\` hold against manifests and Fargate profiles. An **error** is what
Fargate, EKS or Kubernetes refuses, leaves Pending, or never makes work; it stops the synthesis. A **warning** runs
and will hurt; it can be acknowledged by its id:
\`Annotations.of(construct).acknowledgeWarning('eks-fargate:no-spreading', 'why it is fine here')\`.

A rule that fails on an object counts as an error of that object. Values that CDK knows only at deploy time are not
judged, and where that matters a warning says so. Pods of DaemonSets are not judged further: none runs on Fargate.
`;

/** The whole page, as Markdown. */
export function renderRulesPage(): string {
  return [
    introduction,
    '## Manifests\n',
    ...rules.map(describe),
    '## Fargate profiles\n',
    ...profileRules.map(describe),
  ].join('\n');
}

function describe({ id, severity, why, source }: Described): string {
  return `### ${id}\n\n**${severity}**. ${why}\n\nSource: <${source}>\n`;
}
