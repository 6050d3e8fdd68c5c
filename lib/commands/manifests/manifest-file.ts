import { Yaml } from 'cdk8s';
import { countsAs } from '../../fargate/finding';
import { knownAtDeploy } from '../../fargate/manifest/known-at-deploy';
import type { Manifest } from '../../fargate/manifest/manifest';
import { unknownInGitRule } from '../../fargate/rules/git';
import type { VariantPlan } from '../../stack/plan-environment';

/** The plain YAML of one variant. */
export interface ManifestFile {
  /** Every object that stands on its own, in the order in which the stacks apply them. */
  readonly yaml: string;
  /** How many objects it holds. */
  readonly count: number;
  /** Objects left out because they name resources of a stack, as `Kind namespace/name`. */
  readonly leftOut: readonly string[];
}

/** What Argo CD applies, where it applies the charts of workloads; otherwise all that the stacks apply. */
export function manifestFile({ clusters }: VariantPlan): ManifestFile {
  const planned = clusters.flatMap((plan) => plan.objects);
  const applier = planned.some(({ appliedBy }) => appliedBy === 'git') ? 'git' : 'stack';
  const objects = planned
    .filter(({ appliedBy }) => appliedBy === applier)
    .flatMap((together) => together.objects);
  const standalone = objects.filter((object) => knownAtDeploy(object) === undefined);
  return {
    yaml: Yaml.stringify(...standalone),
    count: standalone.length,
    leftOut: objects.filter((object) => knownAtDeploy(object) !== undefined).map(label),
  };
}

/** What is to be said of objects that Argo CD would apply, and that git cannot hold; a line each, none where all is well. */
export function missingInGit(variants: readonly VariantPlan[]): readonly string[] {
  const findings = variants.flatMap(({ clusters }) => clusters.flatMap((plan) => plan.check().findings));
  const missing = findings.filter(
    (finding) => finding.rule === unknownInGitRule.id && countsAs('error', finding),
  );
  return [...new Set(missing.map(({ message }) => message))];
}

function label({ kind, metadata: { name, namespace } = {} }: Manifest): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
