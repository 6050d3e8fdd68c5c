import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CloudAssembly, type CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { UserError } from '../../lib/user-error';

/** Two synthesized apps to compare, or one where the other is missing. */
export interface AssemblyPair {
  /** Name of their folders where several are compared. */
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * The assemblies that two folders hold: each is one itself, as `cdk synth` writes it to cdk.out, or has one in each of its
 * folders, which are paired by name.
 *
 * @throws UserError if a folder holds none.
 */
export function pairAssemblies(before: string, after: string): readonly AssemblyPair[] {
  if (isAssembly(before) && isAssembly(after)) {
    return [{ name: path.basename(after), before, after }];
  }
  const [ofBefore, ofAfter] = [before, after].map(assembliesIn) as [readonly string[], readonly string[]];
  return [...new Set([...ofBefore, ...ofAfter])].map((name) => ({
    name,
    before: ofBefore.includes(name) ? path.join(before, name) : undefined,
    after: ofAfter.includes(name) ? path.join(after, name) : undefined,
  }));
}

function assembliesIn(folder: string): readonly string[] {
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => isAssembly(path.join(folder, name)))
    : [];
  if (names.length === 0) {
    throw new UserError([
      `${folder} holds no synthesized app: write one there with npx cdk synth --quiet --output ${folder}`,
    ]);
  }
  return names;
}

function isAssembly(folder: string): boolean {
  return existsSync(path.join(folder, 'manifest.json'));
}

/** Every stack of an assembly, those of its stages included, by its id; none of none. */
export function stacksOf(assembly: string | undefined): ReadonlyMap<string, CloudFormationStackArtifact> {
  const stacks = assembly === undefined ? [] : new CloudAssembly(assembly).stacksRecursively;
  return new Map(stacks.map((stack) => [stack.hierarchicalId, stack]));
}
