import { Token } from 'aws-cdk-lib';
import { Yaml } from 'cdk8s';
import type { Manifest } from '../../synthesis/fargate-plan';
import type { VariantPlan } from '../../stack/plan-variants';

/** The plain YAML of one variant. */
export interface ManifestFile {
  /** Name of the file, for example `labelled.yaml`. */
  readonly name: string;
  /** Every object that stands on its own, in the order the stack applies them. */
  readonly yaml: string;
  /** How many objects it holds. */
  readonly count: number;
  /** Objects left out because they name resources of the stack, as `Kind namespace/name`. */
  readonly leftOut: readonly string[];
}

/** What people who use kubectl or GitOps apply instead of the stack's manifests. */
export function manifestFile({ variant, objects }: VariantPlan): ManifestFile {
  const resolved = objects.filter((object) => !namesResources(object));
  return {
    name: `${variant}.yaml`,
    yaml: Yaml.stringify(...resolved),
    count: resolved.length,
    leftOut: objects.filter(namesResources).map(label),
  };
}

/** Values of the stack's resources are known only at deploy, and stand as tokens until then. */
function namesResources(object: Manifest): boolean {
  return Token.isUnresolved(JSON.stringify(object));
}

function label({ kind, metadata }: Manifest): string {
  const { name, namespace } = metadata as { name: string; namespace?: string };
  return `${kind as string} ${namespace ? `${namespace}/` : ''}${name}`;
}
