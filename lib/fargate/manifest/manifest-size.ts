/** How much of a manifest the kubectl handler, and then Kubernetes, can take. */

/**
 * Bytes of one asynchronous Lambda event. AWS raised this to 1 MB in October 2025; the old figure is kept because
 * an update may carry the old manifest beside the new one.
 */
export const mostEventBytes = 262_144;

/** Bytes of the objects of one manifest as the event carries them: a JSON list. */
export function manifestBytes(objects: readonly unknown[]): number {
  return Buffer.byteLength(JSON.stringify(objects));
}

/** Bytes of all annotations of one object, names and values: TotalAnnotationSizeLimitB of the API server. */
export const mostAnnotationBytes = 262_144;
/** In which kubectl apply, other than with --server-side, keeps the object as it was applied. */
export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
/** Room for what the object gets on its way: the prune label of CDK, and the empty annotations of kubectl. */
const addedBytes = 128;

/** Bytes of the annotations that an object has once kubectl has applied it. */
export function appliedAnnotationBytes(
  object: unknown,
  annotations: Readonly<Record<string, string>>,
): number {
  const json = JSON.stringify(object);
  // Go writes each of these as six characters, such as \u003c.
  const escaped = 5 * (json.match(/[<>&]/gu)?.length ?? 0);
  return Object.entries(annotations).reduce(
    (bytes, [key, value]) => bytes + Buffer.byteLength(key) + Buffer.byteLength(value),
    lastApplied.length + Buffer.byteLength(json) + escaped + addedBytes,
  );
}
