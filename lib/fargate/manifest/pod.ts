/** Finds the pods in plain manifests, and reads of them what decides how Fargate treats them. */
import type { Autoscalers, PodCount } from './autoscaler';
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

/** How pods end that do not run all the time: those of a Job, a CronJob or a Helm hook. */
export interface PodRun {
  /** Pods that complete in one run. */
  readonly completions: number;
  /** Seconds after which Kubernetes ends a pod at the latest; undefined for no limit. */
  readonly deadlineSeconds: number | undefined;
  /** When a CronJob runs: `0 3 * * *`. Undefined for what runs once. */
  readonly schedule: string | undefined;
  /** Time zone of the schedule; undefined for that of the control plane, which is UTC. */
  readonly timeZone: string | undefined;
  /** Whether no run starts until somebody changes the object. */
  readonly suspended: boolean;
}

/** A pod, or the template of equal pods. */
export interface Pod {
  /** The object that carries the template. */
  readonly object: KubeObject;
  readonly namespace: string;
  /** Pods that run at a time; undefined for a DaemonSet, which has one on each node. */
  readonly count: PodCount | undefined;
  /** How the pods end; undefined for pods that run all the time. */
  readonly run: PodRun | undefined;
  /** Whether the pods run only on `helm test`. */
  readonly helmTest: boolean;
  /** Whether an annotation keeps the pods off Fargate, whatever the profiles. */
  readonly offFargate: boolean;
  /** Path of the pod's metadata: `spec.template.metadata`, or `metadata` of a Pod. */
  readonly metadata: Field;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Field;
  readonly containers: readonly Container[];
}

/** The pod of an object; undefined when the object brings none. */
export function readPod(
  object: KubeObject,
  defaultNamespace: string,
  autoscalers: Autoscalers,
): Pod | undefined {
  const template = findTemplate(object);
  if (template === undefined) {
    return undefined;
  }
  const spec = template.get('spec');
  const metadata = template.get('metadata');
  const hooks = helmHooks(object);
  return {
    object,
    namespace: object.namespace ?? defaultNamespace,
    count: countPods(object, autoscalers),
    run: readRun(object, spec, hooks),
    // `test-success` and `test-failure` are the names of Helm 2.
    helmTest: hooks.length > 0 && hooks.every((hook) => /^test(-success|-failure)?$/u.test(hook)),
    offFargate: metadata.get('annotations').get('eks.amazonaws.com/compute-type').text() === 'ec2',
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

/** Whether an object asks for a pod on each node: a DaemonSet of Kubernetes, or of an API group that borrows the kind. */
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

function countPods(object: KubeObject, autoscalers: Autoscalers): PodCount | undefined {
  if (isDaemonSet(object)) {
    return undefined;
  }
  // A negative number is an error of its own, and must not lower the bill of the others.
  const own = Math.max(0, countField(object)?.integer() ?? 1);
  const job = jobSpec(object);
  if (job === undefined) {
    // An autoscaler leaves alone what is scaled to zero by hand.
    return (own > 0 ? autoscalers.rangeOf(object) : undefined) ?? fixed(own);
  }
  return fixed(isSuspended(object, job) ? 0 : Math.min(own, completionsOf(job) ?? own));
}

function fixed(count: number): PodCount {
  return { min: count, max: count };
}

function isSuspended({ root }: KubeObject, job: Field): boolean {
  return [job, root.get('spec')].some((spec) => spec.get('suspend').flag());
}

function completionsOf(job: Field): number | undefined {
  const completions = job.get('completions').integer();
  return completions === undefined ? undefined : Math.max(0, completions);
}

function readRun(object: KubeObject, podSpec: Field, hooks: readonly string[]): PodRun | undefined {
  const job = jobSpec(object);
  if (job === undefined && !(object.kind === 'Pod' && hooks.length > 0)) {
    return undefined;
  }
  const spec = object.root.get('spec');
  const deadlines = [job, podSpec]
    .map((of) => of?.get('activeDeadlineSeconds').integer())
    .filter((seconds) => seconds !== undefined);
  return {
    completions:
      job === undefined ? 1 : (completionsOf(job) ?? Math.max(0, job.get('parallelism').integer() ?? 1)),
    deadlineSeconds: deadlines.length === 0 ? undefined : Math.min(...deadlines),
    schedule: object.kind === 'CronJob' ? spec.get('schedule').text() : undefined,
    timeZone: object.kind === 'CronJob' ? spec.get('timeZone').text() : undefined,
    suspended: job !== undefined && isSuspended(object, job),
  };
}

/** The moments at which Helm applies an object, instead of with the release. */
function helmHooks({ root }: KubeObject): readonly string[] {
  const hooks = root.get('metadata').get('annotations').get('helm.sh/hook').text();
  return hooks === undefined
    ? []
    : hooks
        .split(',')
        .map((hook) => hook.trim())
        .filter((hook) => hook !== '');
}

function readContainer(field: Field, init: boolean): Container {
  noteTypes(field);
  const sidecar = init && field.get('restartPolicy').text() === 'Always';
  return {
    name: field.get('name').text() ?? '(no name)',
    role: sidecar ? 'sidecar' : init ? 'init' : 'container',
    field,
  };
}

/** Reads what no rule asks for and people often leave unquoted: Kubernetes refuses a number or a boolean there. */
function noteTypes(container: Field): void {
  container.get('image').text();
  for (const variable of container.get('env').items()) {
    variable.get('value').text();
  }
}
