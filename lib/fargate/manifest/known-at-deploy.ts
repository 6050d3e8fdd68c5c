import { isUnresolved } from './field';

/**
 * Finds a value that only a deploy knows, such as the name of a resource of the stack.
 *
 * @returns its path, as `spec.template.spec.containers[0].env[1].value`; undefined where all is known.
 */
export function knownAtDeploy(value: unknown, path = ''): string | undefined {
  if (isUnresolved(value)) {
    return path;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [key, part] of Object.entries(value)) {
    const found = isUnresolved(key)
      ? path
      : knownAtDeploy(part, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
