/** The report on manifests in files. */
import { acknowledge, type Acknowledgement } from '../../fargate/acknowledge';
import { checkManifests } from '../../fargate/check-manifests';
import { checkProfiles } from '../../fargate/check-profiles';
import type { FargateProfile } from '../../fargate/sizing/profile';
import type { Progress } from '../terminal';
import { listFiles, type InputFile } from './input-files';
import { Kustomizations, toolOf } from './not-for-the-cluster';
import { readDocuments, type PlacedObject } from './read-documents';
import { inputName, readInput, type InputError } from './read-input';
import { repeatedKeyFindings } from './repeated-keys';
import { priceRun, type Report } from './report';

/** Files, and the cluster that gets what they hold. */
export interface FilesToCheck {
  /** Files and folders, `-` for standard input. */
  readonly files: readonly string[];
  /** Whether to look into the folders of a folder. */
  readonly recursive: boolean;
  readonly profiles: readonly FargateProfile[];
  readonly kubernetesVersion: string;
  /** Namespace of objects that name none. */
  readonly namespace: string;
  readonly region: string;
  readonly acknowledgements: readonly Acknowledgement[];
}

/** An object, and the name of its file. */
interface GivenObject extends PlacedObject {
  readonly file: string;
}

/** Checks the objects of all files in one call, since they go to one cluster: some rules look at several objects. */
export async function reportFiles(
  { files: given, recursive, profiles, kubernetesVersion, namespace, region, acknowledgements }: FilesToCheck,
  progress: Progress,
): Promise<Report> {
  const { files, errors } = listFiles(given, recursive);
  const input = new Input(progress);
  for (const file of files) {
    await input.read(file);
  }
  const { objects, leftOut } = input;
  const origin = (index: number): string => `${objects[index]!.file}:${objects[index]!.line}`;
  const { pods, findings } = checkManifests(
    objects.map(({ value }) => value),
    { profiles, kubernetesVersion, defaultNamespace: namespace, target: 'cluster', origin },
  );
  const tests = pods.filter(({ helmTest }) => helmTest);
  const priced = new Map<string, typeof tests>();
  for (const pod of pods.filter(({ helmTest }) => !helmTest)) {
    const { file } = objects[pod.index]!;
    const own = priced.get(file) ?? [];
    priced.set(file, own);
    own.push(pod);
  }
  const unreadable = [...errors, ...input.errors];
  return {
    environment: undefined,
    inputs: files.length,
    region,
    runs: [...priced].map(([file, own]) => priceRun(file, own, region)),
    fixedCosts: [],
    billedByUse: ['data transfer'],
    findings: acknowledge(
      [
        // Their positions are those of the profiles.
        ...checkProfiles(profiles).map((finding) => ({ ...finding, index: undefined })),
        ...objects.flatMap((object, index) => repeatedKeyFindings(object, index, namespace, origin(index))),
        ...findings,
      ],
      acknowledgements,
    ).map((finding) => ({
      ...finding,
      sources: finding.index === undefined ? [] : [objects[finding.index]!.file],
    })),
    // Where nothing is left to judge, it must not look as if all were well.
    unreadable: objects.length === 0 ? [...unreadable, ...leftOut] : unreadable,
    leftOut:
      objects.length === 0
        ? []
        : [
            ...leftOut,
            ...tests.map(({ object, index }) => ({
              file: objects[index]!.file,
              line: objects[index]!.line,
              reason: `${object} runs only on helm test: not priced`,
            })),
          ],
  };
}

/** What the files hold. */
class Input {
  readonly objects: GivenObject[] = [];
  readonly errors: InputError[] = [];
  readonly leftOut: InputError[] = [];
  private readonly kustomizations = new Kustomizations();

  constructor(private readonly progress: Progress) {}

  async read({ file, found }: InputFile): Promise<void> {
    const name = inputName(file);
    const role = file === '-' ? undefined : this.kustomizations.roleOf(file);
    if (role !== undefined) {
      this.leftOut.push({
        file: name,
        line: undefined,
        reason: `${role}. Give the output of kubectl kustomize`,
      });
      return;
    }
    const input = await readInput(file);
    if ('error' in input) {
      this.errors.push(input.error);
      return;
    }
    const { objects, errors } = readDocuments(name, input.text, (lines) =>
      this.progress.show(`reading ${name}`, `line ${lines + 1}`),
    );
    if (objects.length + errors.length === 0) {
      const empty = { file: name, line: undefined, reason: 'holds no Kubernetes object' };
      (found ? this.leftOut : this.errors).push(empty);
    }
    // Not with spread arguments: a file has more objects, and more errors, than a call takes arguments.
    for (const object of objects) {
      const tool = toolOf(object.value);
      if (tool === undefined) {
        this.objects.push({ ...object, file: name });
      } else {
        this.leftOut.push({ file: name, line: object.line, reason: `${tool}, which nobody applies` });
      }
    }
    for (const error of errors) {
      this.errors.push(error);
    }
  }
}
