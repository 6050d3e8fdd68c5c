/** The report on manifests in files. */
import { checkManifests } from '../../fargate/check-manifests';
import { checkProfiles } from '../../fargate/check-profiles';
import type { FargateProfile } from '../../fargate/sizing/profile';
import type { Progress } from '../terminal';
import type { Options } from './options';
import { readDocuments, type PlacedObject } from './read-documents';
import { inputName, readInput, type InputError } from './read-input';
import { repeatedKeyFindings } from './repeated-keys';
import { priceRun, type Report } from './report';

/** An object, and the input that it is from. */
interface GivenObject extends PlacedObject {
  /** Position of the input on the command line. */
  readonly input: number;
}

/** Files, and the cluster that gets what they hold. */
export interface FilesToCheck extends Pick<Options, 'files' | 'namespace' | 'region'> {
  readonly profiles: readonly FargateProfile[];
  readonly kubernetesVersion: string;
}

/**
 * Checks the objects of all files in one call, since they go to one cluster: some rules look at several objects.
 *
 * @returns a run for each file that holds an object, and what could not be read
 */
export async function reportFiles(
  { files, profiles, namespace, region, kubernetesVersion }: FilesToCheck,
  progress: Progress,
): Promise<Report> {
  const objects: GivenObject[] = [];
  const unreadable: InputError[] = [];
  for (const [input, file] of files.entries()) {
    const documents = await readFile(file, progress);
    // Not with spread arguments: a file of many objects has more than a call takes.
    for (const object of documents.objects) {
      objects.push({ ...object, input });
    }
    unreadable.push(...documents.errors);
  }
  const origin = (index: number) => `${inputName(files[objects[index]!.input]!)}:${objects[index]!.line}`;
  const { pods, findings: ofRules } = checkManifests(
    objects.map(({ value }) => value),
    { profiles, kubernetesVersion, defaultNamespace: namespace, target: 'cluster', origin },
  );
  const findings = [
    ...objects.flatMap((object, index) => repeatedKeyFindings(object, index, namespace, origin(index))),
    ...ofRules,
  ];
  const runs = [...new Set(objects.map(({ input }) => input))].map((input) => {
    const isOwn = ({ index }: { readonly index: number | undefined }) =>
      index !== undefined && objects[index]!.input === input;
    const own = { pods: pods.filter(isOwn), findings: findings.filter(isOwn) };
    return priceRun(inputName(files[input]!), own, region);
  });
  return { region, findings: checkProfiles(profiles), runs, fixedCosts: [], unreadable };
}

async function readFile(file: string, progress: Progress) {
  const input = await readInput(file);
  if ('error' in input) {
    return { objects: [], errors: [input.error] };
  }
  const name = inputName(file);
  const documents = readDocuments(name, input.text, (lines) =>
    progress.show(`reading ${name}`, `line ${lines}`),
  );
  return documents.objects.length + documents.errors.length > 0
    ? documents
    : { objects: [], errors: [{ file: name, line: undefined, reason: 'holds no Kubernetes object' }] };
}
