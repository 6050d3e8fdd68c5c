/** Finds the pods in plain manifests, and reads of them what decides how Fargate treats them. */
import type { Field } from './field';
import { hasPodTemplate, type KubeObject } from './kube-object';

/** How a container takes part in its pod: a sidecar is an init container with `restartPolicy: Always`. */
export type ContainerRole = 'container' | 'init' | 'sidecar';

export interface Container {
  readonly name: string;
  readonly role: ContainerRole;
  /** The container as the manifest has it; its path starts at the object. */
  readonly field: Field;
}

/** A pod, or the template of equal pods. */
export interface Pod {
  /** The object that carries the template. */
  readonly object: KubeObject;
  readonly namespace: string;
  /** Pods that run at a time; null where the manifest does not say (DaemonSet). */
  readonly count: number | null;
  /** Path of the pod's metadata: `spec.template.metadata`, or `metadata` of a Pod. */
  readonly metadata: Field;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Field;
  readonly containers: readonly Container[];
}

/** The pod of an object; undefined when the object brings none. */
export function readPod(object: KubeObject, defaultNamespace: string): Pod | undefined {
  const template = findTemplate(object);
  if (template === undefined) {
    return undefined;
  }
  const spec = template.get('spec');
  const metadata = template.get('metadata');
  return {
    object,
    namespace: object.namespace ?? defaultNamespace,
    count: countPods(object),
    metadata,
    labels: metadata.get('labels').strings(),
    spec,
    containers: [
      ...spec
        .get('initContainers')
        .items()
        .map((field) => readContainer(field, true)),
      ...spec
        .get('containers')
        .items()
        .map((field) => readContainer(field, false)),
    ],
  };
}

/** The built-in kinds that make pods, by the path to their template. */
const templatePaths: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', []],
  ['Deployment', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['ReplicationController', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);
const builtInGroups = new Set(['', 'apps', 'batch', 'extensions']);

function findTemplate(object: KubeObject): Field | undefined {
  const path = builtInGroups.has(object.group) ? templatePaths.get(object.kind) : undefined;
  if (path !== undefined) {
    return path.reduce((field, key) => field.get(key), object.root);
  }
  // A kind this engine does not know, such as a Rollout: taken for a workload when it looks like one.
  return hasPodTemplate(object.root.value) ? object.root.get('spec').get('template') : undefined;
}

/** Whether an object wants a pod on each node: a DaemonSet of Kubernetes, or of an API group that borrows the kind. */
export function isDaemonSet(object: KubeObject): boolean {
  return object.kind === 'DaemonSet' && findTemplate(object) !== undefined;
}

/** The spec of a Job, or of the Jobs a CronJob makes; undefined for any other kind. */
export function jobSpec({ kind, root }: KubeObject): Field | undefined {
  const spec = root.get('spec');
  return kind === 'Job' ? spec : kind === 'CronJob' ? spec.get('jobTemplate').get('spec') : undefined;
}

/** Where an object says how many pods run at a time; undefined for a kind that does not say it. */
export function countField(object: KubeObject): Field | undefined {
  if (object.kind === 'DaemonSet' || object.kind === 'Pod') {
    return undefined;
  }
  return jobSpec(object)?.get('parallelism') ?? object.root.get('spec').get('replicas');
}

function countPods(object: KubeObject): number | null {
  if (isDaemonSet(object)) {
    return null;
  }
  // A negative number is an error of its own, and must not lower the bill of the others.
  const count = Math.max(0, countField(object)?.integer() ?? 1);
  const job = jobSpec(object);
  if (job === undefined) {
    return count;
  }
  const suspended = [job, object.root.get('spec')].some((spec) => spec.get('suspend').flag());
  return suspended ? 0 : Math.max(0, Math.min(count, job.get('completions').integer() ?? count));
}

function readContainer(field: Field, init: boolean): Container {
  const sidecar = init && field.get('restartPolicy').text() === 'Always';
  return {
    name: field.get('name').text() ?? '(no name)',
    role: sidecar ? 'sidecar' : init ? 'init' : 'container',
    field,
  };
}
