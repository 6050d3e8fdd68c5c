import { Token } from 'aws-cdk-lib';
import { Yaml } from 'cdk8s';
import type { Manifest } from '../../fargate/manifest/manifest';
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

/** What people who use kubectl or GitOps apply instead of the stacks' manifests. */
export function manifestFile({ clusters }: VariantPlan): ManifestFile {
  const objects = clusters
    .flatMap((plan) => plan.objects)
    .filter(({ appliedBy }) => appliedBy === 'stack')
    .flatMap((planned) => planned.objects);
  const standalone = objects.filter((object) => !namesResources(object));
  return {
    yaml: Yaml.stringify(...standalone),
    count: standalone.length,
    leftOut: objects.filter(namesResources).map(label),
  };
}

/** Values of the stack's resources are known only at deploy, and are tokens until then. */
function namesResources(object: Manifest): boolean {
  return Token.isUnresolved(JSON.stringify(object));
}

function label({ kind, metadata: { name, namespace } = {} }: Manifest): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
