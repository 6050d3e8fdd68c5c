/**
 * Which Fargate profile a pod lands on.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
import { isUnresolved } from '../manifest/field';

/** Pods that a profile selects: those of the namespace that carry all the labels. `*` and `?` are wildcards in all three. */
export interface FargateSelector {
  readonly namespace: string;
  /** @default every pod of the namespace */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface FargateProfile {
  readonly name: string;
  readonly selectors: readonly FargateSelector[];
}

/** What of a pod decides on its profile. */
export interface ProfileSubject {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A pod label that names its profile, where several match. */
export const profileLabel = 'eks.amazonaws.com/fargate-profile';

/** Whether a text matches a pattern with `*` (any number of characters) and `?` (exactly one). */
export function matchesWildcard(pattern: string, text: string): boolean {
  // Two pointers and the last star: linear for patterns people write, and never exponential for hostile ones.
  let star = -1;
  let retry = 0;
  let at = 0;
  let position = 0;
  while (position < text.length) {
    if (pattern[at] === '*') {
      star = at;
      retry = position;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      retry += 1;
      at = star + 1;
      position = retry;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') {
    at += 1;
  }
  return at === pattern.length;
}

/** The labels of a selector that a pod lacks, as pairs; none when the selector's labels all match. */
export function missingLabels(
  selector: FargateSelector,
  labels: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  const own = Object.entries(labels);
  return Object.entries(selector.labels ?? {}).filter(
    ([key, value]) => !own.some(([k, v]) => matchesWildcard(key, k) && matchesWildcard(value, v)),
  );
}

/** Whether one selector selects the pod. */
export function matchesSelector(selector: FargateSelector, pod: ProfileSubject): boolean {
  return (
    matchesWildcard(selector.namespace, pod.namespace) && missingLabels(selector, pod.labels).length === 0
  );
}

/**
 * The profile the pod lands on: of those that match the alphanumerically first, unless the pod's label
 * `eks.amazonaws.com/fargate-profile` names another that matches.
 */
export function findProfile(
  profiles: readonly FargateProfile[],
  pod: ProfileSubject,
): FargateProfile | undefined {
  const wanted = pod.labels[profileLabel];
  return profiles
    .filter(({ name }) => wanted === undefined || name === wanted)
    .filter(({ selectors }) => selectors.some((selector) => matchesSelector(selector, pod)))
    .reduce<FargateProfile | undefined>(
      (first, profile) => (first === undefined || profile.name < first.name ? profile : first),
      undefined,
    );
}

/** Whether what profiles look at is known before the deploy. */
export function identityKnown({ namespace, labels }: ProfileSubject): boolean {
  return ![namespace, ...Object.values(labels)].some(isUnresolved);
}

/** Whether it is certain that no profile selects the pod: where none are given, nothing is. */
export function landsNowhere(
  pod: ProfileSubject & { readonly profile: FargateProfile | undefined },
  profiles: readonly FargateProfile[],
): boolean {
  return profiles.length > 0 && pod.profile === undefined && identityKnown(pod);
}
