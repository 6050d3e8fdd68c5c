import type { FargatePlan } from '../../synthesis/fargate-plan';
import { closestName, quote } from '../../wording';

/** What is wrong with a Secret that no pod of its namespace reads: most often its name is misspelled on one side. */
export function unreadSecret(plan: FargatePlan, namespace: string, name: string): string[] {
  const read = new Set(plan.objectsIn(namespace).flatMap((object) => [...secretNames(object)]));
  if (read.has(name)) {
    return [];
  }
  const meant = closestName(name, [...read]);
  return [
    `Secret ${namespace}/${name}: is made of a secret in AWS, but no pod reads it: ${meant ? `did you mean ${quote(meant)}, which one reads?` : `they read ${[...read].toSorted().join(', ') || 'none'}.`} Write the same name in secrets and in the pod template (env.valueFrom.secretKeyRef, envFrom.secretRef or a volume), or remove it.`,
  ];
}

/** The names of Secrets that an object names, wherever its pod template is. */
function* secretNames(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    if (key === 'secretName' && typeof child === 'string') {
      yield child;
    }
    // Of a variable, of all variables, and of a projected volume.
    if (['secretKeyRef', 'secretRef', 'secret'].includes(key)) {
      const { name } = (child ?? {}) as { readonly name?: unknown };
      if (typeof name === 'string') {
        yield name;
      }
    }
    yield* secretNames(child);
  }
}
