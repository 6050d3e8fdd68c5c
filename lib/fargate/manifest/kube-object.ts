/** Kubernetes objects as manifests carry them: plain data of any shape. */
import { Field, isUnresolved, printable, type WrongTypes } from './field';

/** What a finding is about. */
export interface Subject {
  /** Position in the checked list; the members of a `List` share the position of their list. */
  readonly index: number;
  /** `Kind namespace/name`, or `Kind name` where it has no namespace. */
  readonly label: string;
}

/** One object of the checked list. */
export interface KubeObject extends Subject {
  readonly apiVersion: string;
  /** The API group: the part of the version before the slash, '' for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined for cluster-wide kinds, and for kinds of unknown scope that name none. */
  readonly namespace: string | undefined;
  readonly root: Field;
  /** Values of a wrong type that were met in reading the object; grows as rules read. */
  readonly wrongTypes: WrongTypes;
}

/** A member of the list that is no Kubernetes object. */
export interface NotAnObject extends Subject {
  readonly reason: string;
  /** What to write instead. */
  readonly fix: string;
}

/** Built-in kinds that live in a namespace: without one, kubectl puts them in the namespace of its context. */
const namespacedKinds = new Set(
  [
    'Pod PodTemplate ReplicationController Service Endpoints ConfigMap Secret ServiceAccount Event',
    'PersistentVolumeClaim ResourceQuota LimitRange Binding',
    'apps/Deployment apps/ReplicaSet apps/StatefulSet apps/DaemonSet apps/ControllerRevision',
    'extensions/Deployment extensions/ReplicaSet extensions/DaemonSet extensions/Ingress',
    'extensions/NetworkPolicy batch/Job batch/CronJob autoscaling/HorizontalPodAutoscaler',
    'policy/PodDisruptionBudget networking.k8s.io/Ingress networking.k8s.io/NetworkPolicy',
    'rbac.authorization.k8s.io/Role rbac.authorization.k8s.io/RoleBinding discovery.k8s.io/EndpointSlice',
    'coordination.k8s.io/Lease events.k8s.io/Event storage.k8s.io/CSIStorageCapacity',
  ]
    .join(' ')
    .split(' '),
);

/** Deeper lists inside lists are not read: nobody writes them, and hostile input would. */
const deepestList = 8;

/**
 * Reads the checked list, replacing each `List` by its members.
 *
 * @param defaultNamespace namespace of namespaced objects that name none
 * @param origin names what stands at a position of the list, where it is no object that has a name
 */
export function readObjects(
  values: readonly unknown[],
  defaultNamespace: string,
  origin: (index: number) => string,
): { readonly objects: readonly KubeObject[]; readonly rejected: readonly NotAnObject[] } {
  const objects: KubeObject[] = [];
  const rejected: NotAnObject[] = [];
  const visit = (value: unknown, index: number, depth: number): void => {
    const reason = refusal(value);
    if (reason !== undefined) {
      const fix = 'Write a map with apiVersion, kind and metadata.';
      rejected.push({ index, label: origin(index), reason, fix });
      return;
    }
    const object = readObject(value, index, defaultNamespace);
    const items = object.root.get('items');
    // Where a template filled in nothing, null stands for the empty list.
    if (object.kind.endsWith('List') && (Array.isArray(items.value) || items.value === null)) {
      if (depth === deepestList) {
        rejected.push({
          index,
          label: object.label,
          reason: `is a list ${deepestList} lists deep`,
          fix: 'Write its items in a list of their own.',
        });
        return;
      }
      for (const item of items.items()) {
        visit(withTypeOf(object, item.value), index, depth + 1);
      }
      return;
    }
    objects.push(object);
  };
  values.forEach((value, index) => visit(value, index, 0));
  return { objects, rejected };
}

/** An item of a typed list, such as DeploymentList, is of that type where it does not say its own. */
function withTypeOf({ apiVersion, kind }: KubeObject, item: unknown): unknown {
  return typeof item !== 'object' || item === null || Array.isArray(item)
    ? item
    : { apiVersion, kind: kind.slice(0, -'List'.length), ...item };
}

function refusal(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'is not a Kubernetes object';
  }
  const { kind } = value as { readonly kind?: unknown };
  if (typeof kind !== 'string' || kind === '') {
    return 'is not a Kubernetes object: it has no kind';
  }
  return undefined;
}

function readObject(value: unknown, index: number, defaultNamespace: string): KubeObject {
  const wrongTypes: WrongTypes = new Map();
  const root = new Field(value, wrongTypes);
  const apiVersion = root.get('apiVersion').text() ?? '';
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const kind = root.get('kind').text() ?? '';
  const metadata = root.get('metadata');
  const generateName = metadata.get('generateName').text();
  const name = metadata.get('name').text() ?? (generateName === undefined ? '' : `${generateName}*`);
  const namespaced = namespacedKinds.has(group === '' ? kind : `${group}/${kind}`) || hasPodTemplate(value);
  const namespace = metadata.get('namespace').text() ?? (namespaced ? defaultNamespace : undefined);
  const shown = name === '' ? '(no name)' : readable(name);
  return {
    index,
    apiVersion,
    group,
    kind,
    name,
    namespace,
    label: namespace === undefined ? `${kind} ${shown}` : `${kind} ${readable(namespace)}/${shown}`,
    root,
    wrongTypes,
  };
}

/** Whether an object of any kind carries `spec.template.spec.containers`; looks without noting wrong types. */
export function hasPodTemplate(object: unknown): boolean {
  let current = object;
  for (const key of ['spec', 'template', 'spec', 'containers']) {
    if (typeof current !== 'object' || current === null) {
      return false;
    }
    current = (current as Readonly<Record<string, unknown>>)[key];
  }
  return Array.isArray(current);
}

/** A value as a message shows it. */
export function readable(text: string): string {
  return isUnresolved(text) ? '(known at deploy time)' : printable(text);
}
