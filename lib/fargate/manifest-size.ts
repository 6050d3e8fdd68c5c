/** How much of a manifest one call of the kubectl handler can take. */

/**
 * Bytes of one asynchronous Lambda event. AWS raised this to 1 MB in October 2025; the old figure is kept because
 * an update may carry the old manifest beside the new one.
 */
export const MOST_EVENT_BYTES = 262_144;

/** Bytes of the objects of one manifest as the event carries them: a JSON list. */
export function manifestBytes(objects: readonly unknown[]): number {
  return Buffer.byteLength(JSON.stringify(objects));
}
