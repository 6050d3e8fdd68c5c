import { Yaml } from 'cdk8s';
import type { Manifest } from '../../fargate/manifest/manifest';
import type { VariantPlan } from '../../stack/plan-environment';
import { knownAtDeploy } from '../../synthesis/known-at-deploy';

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

function label({ kind, metadata: { name, namespace } = {} }: Manifest): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
