import { isDeepStrictEqual } from 'node:util';
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { Manifest } from '../../fargate/manifest/manifest';
import type { PlannedObjects } from '../../synthesis/fargate-plan';
import type { Kubectl, KubectlResult } from './cluster/kubectl';
import { withLiteralValues } from './literal-values';
import { StepFailure } from './step-failure';
import { adviceOn } from './advice';

/** What a deploy did. */
export interface Deployed {
  /** How many objects kubectl says were `created`, `configured`, `unchanged`, `pruned` or `deleted`. */
  readonly counts: ReadonlyMap<string, number>;
  /** What the API server warns of. */
  readonly warnings: readonly string[];
}

export interface DeploymentProps {
  readonly kubectl: Kubectl;
  /** Region that manifests name. */
  readonly region: string;
}

/** One construct's objects, as they are applied. */
interface Applied extends PlannedObjects {
  readonly objects: readonly Manifest[];
}

/**
 * Deploys as CloudFormation and CDK's kubectl handler do: constructs in their order, only those that changed, a new one
 * with `apply`, a changed one with `apply --prune`, and at the end `delete` for one that left. What failed to be created
 * counts as not there, so that the next deploy creates it.
 *
 * @see node_modules/aws-cdk-lib/custom-resource-handlers/dist/aws-eks-v2/kubectl-handler/apply/__init__.py
 */
export class Deployment {
  private applied: ReadonlyMap<string, Applied> = new Map();
  /** All that was ever tried. */
  private readonly tried = new Map<string, Applied>();

  constructor(private readonly props: DeploymentProps) {}

  /**
   * Deploys one plan over that before.
   *
   * @throws StepFailure with the words of the API server if it refuses an object.
   */
  async deploy(planned: readonly PlannedObjects[], signal?: AbortSignal): Promise<Deployed> {
    const results: KubectlResult[] = [];
    const wanted = new Map(planned.map((objects) => [objects.path, this.asApplied(objects)]));
    for (const [path, manifest] of wanted) {
      const before = this.applied.get(path);
      if (!isDeepStrictEqual(before, manifest)) {
        results.push(await this.apply(manifest, before !== undefined, signal));
        this.applied = new Map([...this.applied, [path, manifest]]);
      }
    }
    const left = [...this.applied.values()].filter(({ path }) => !wanted.has(path));
    results.push(...(await this.deleteAll(left, signal)));
    this.applied = wanted;
    return {
      counts: countVerbs(results),
      warnings: results.flatMap(({ stderr }) => warningsIn(stderr)),
    };
  }

  /**
   * Deletes all that a deletion of the stacks deletes while there is a cluster.
   *
   * @throws StepFailure if something stays. CloudFormation would say that it is deleted.
   */
  async destroy(signal?: AbortSignal): Promise<Deployed> {
    const results = await this.deleteAll([...this.applied.values()], signal);
    return { counts: countVerbs(results), warnings: [] };
  }

  /** Deletes whatever is left of any deploy, namespaces included, which go with the cluster in AWS. */
  async removeAll(): Promise<void> {
    const objects = [...this.tried.values()].flatMap((manifest) => manifest.objects).toReversed();
    const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
    const others = objects.filter(({ kind }) => kind !== 'Namespace');
    // Pods before their namespace: it would wait as long as a pod may take to end.
    for (const group of [others, namespaces].filter(({ length }) => length > 0)) {
      await this.run(['delete', '--ignore-not-found', '--cascade=foreground'], { objects: group });
    }
  }

  /** The names of those objects that are in the cluster already, as kubectl writes them. */
  async present(planned: readonly PlannedObjects[]): Promise<readonly string[]> {
    const found = new Set<string>();
    for (const objects of planned) {
      const { stdout } = await this.run(
        ['get', '--ignore-not-found', '--output=name'],
        this.asApplied(objects),
      );
      stdout
        .split('\n')
        .filter(Boolean)
        .forEach((name) => found.add(name));
    }
    return [...found];
  }

  private asApplied(planned: PlannedObjects): Applied {
    const objects = withLiteralValues(planned.objects, this.props.region).map((object) =>
      planned.appliedBy === 'stack' ? labelled(object, planned.pruneLabel) : withImages(object),
    );
    const { path, stackName, appliedBy, pruneLabel, retained } = planned;
    return { path, stackName, appliedBy, pruneLabel, retained, objects };
  }

  private async apply(manifest: Applied, isUpdate: boolean, signal?: AbortSignal): Promise<KubectlResult> {
    const prune = isUpdate && manifest.pruneLabel !== undefined ? ['--prune', '-l', manifest.pruneLabel] : [];
    this.tried.set(manifest.path, manifest);
    const result = await this.run(['apply', ...prune], manifest, signal);
    if (!result.ok) {
      throw new StepFailure(refusals(manifest, result));
    }
    return result;
  }

  private async deleteAll(
    manifests: readonly Applied[],
    signal?: AbortSignal,
  ): Promise<readonly KubectlResult[]> {
    const results: KubectlResult[] = [];
    for (const manifest of manifests.filter(({ retained }) => retained !== true).toReversed()) {
      const result = await this.run(['delete', '--ignore-not-found'], manifest, signal);
      if (!result.ok) {
        throw new StepFailure(refusals(manifest, result));
      }
      results.push(result);
    }
    return results;
  }

  /** The handler, too, writes one JSON object after the other. */
  private run(
    args: readonly string[],
    { objects }: Pick<Applied, 'objects'>,
    signal?: AbortSignal,
  ): Promise<KubectlResult> {
    const input = objects.map((object) => JSON.stringify(object)).join('\n');
    return this.props.kubectl.run([...args, '-f', '-'], { input, signal });
  }
}

/** The label that KubernetesManifest gives to every object that it may prune. */
function labelled(object: Manifest, label: string | undefined): Manifest {
  return label === undefined
    ? object
    : { ...object, metadata: { ...object.metadata, labels: { [label]: '', ...object.metadata?.labels } } };
}

/** Of what others apply only the pods are known, without an image, which the API server requires. */
function withImages(object: Manifest): Manifest {
  const { spec } = object as { readonly spec?: { readonly template?: { readonly spec?: PodSpec } } };
  const containers = spec?.template?.spec?.containers.map((container) => ({ image: 'played', ...container }));
  return containers === undefined
    ? object
    : {
        ...object,
        spec: { ...spec, template: { ...spec?.template, spec: { ...spec?.template?.spec, containers } } },
      };
}

/** Counts the last words of kubectl's lines: `deployment.apps/checkout configured`. */
function countVerbs(results: readonly KubectlResult[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, verb] of results
    .map(({ stdout }) => stdout)
    .join('\n')
    .matchAll(/ (created|configured|unchanged|pruned|deleted)\b/gu)) {
    counts.set(verb!, (counts.get(verb!) ?? 0) + 1);
  }
  return counts;
}

/** kubectl lists Endpoints to see what to prune, and passes on that the API server would rather not. */
const ofPruning = 'Warning: v1 Endpoints is deprecated';

function warningsIn(stderr: string): readonly string[] {
  return stderr.split('\n').filter((line) => line.startsWith('Warning: ') && !line.startsWith(ofPruning));
}

function refusals({ path }: Applied, { stderr }: KubectlResult): readonly string[] {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Warning: '));
  const words = lines.map((line) => line.replace(/error when \w+ "STDIN": /u, '')).join('\n   ');
  return [`${path}: ${words}`, ...adviceOn(words)];
}
