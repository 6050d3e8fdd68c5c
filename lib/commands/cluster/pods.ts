import type { Pod } from 'kubernetes-types/core/v1';
import type { LabelSelector, ObjectMeta } from 'kubernetes-types/meta/v1';
import { Field } from '../../fargate/manifest/field';
import { readSelector, selects } from '../../fargate/manifest/label-selector';
import type { Lists, Live } from './read-cluster';

interface HasMetadata {
  readonly metadata?: ObjectMeta;
}

/** Those that one of the owners owns, sorted by name. */
export function ownedBy<T extends HasMetadata>(
  things: readonly T[],
  owners: readonly HasMetadata[],
): readonly T[] {
  const uids = uidsOf(owners);
  return things
    .filter(({ metadata }) => metadata?.ownerReferences?.some(({ uid }) => uids.includes(uid)))
    .toSorted(byName);
}

export function uidsOf(objects: readonly HasMetadata[]): readonly string[] {
  return objects.flatMap(({ metadata }) => metadata?.uid ?? []);
}

function byName(a: HasMetadata, b: HasMetadata): number {
  return (a.metadata?.name ?? '').localeCompare(b.metadata?.name ?? '');
}

/** Whether the deletion of a pod was asked for. */
export function isEnding({ metadata }: Pod): boolean {
  return metadata?.deletionTimestamp !== undefined;
}

/** The pods of a namespace that a selector selects: an empty one all of them, none at all none. */
export function podsSelectedBy(
  selector: LabelSelector | undefined,
  namespace: string | undefined,
  pods: readonly Pod[],
): readonly Pod[] {
  if (selector === undefined) {
    return [];
  }
  const requirements = readSelector(new Field(selector, new Map()));
  return pods.filter(
    ({ metadata }) => metadata?.namespace === namespace && selects(requirements, metadata?.labels ?? {}),
  );
}

/**
 * Pods that an object selects and that are not current: of an older revision or of no owner, finished or being deleted.
 * Scaling in leaves pods of the current revision that are being deleted, and no status counts them. Selectors may
 * overlap: pods that another object of the cluster owns are not among them.
 */
export function leftoverOf(live: Live, current: readonly Pod[], lists: Lists): readonly Pod[] {
  const { spec, metadata } = live;
  const selected = podsSelectedBy(spec?.selector, metadata?.namespace, lists.pods());
  const makers = [...lists.replicasets(), ...lists.statefulsets(), ...lists.jobs()];
  const own = new Set<unknown>([live, ...ownedBy(makers, [live])]);
  const others = makers.filter((maker) => !own.has(maker));
  const foreign = new Set(ownedBy(selected, others));
  return selected.filter((pod) => !current.includes(pod) && !foreign.has(pod)).toSorted(byName);
}
