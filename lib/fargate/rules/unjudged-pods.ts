/** Custom resources whose controllers make pods from a template that this engine does not read. */
import { isUnresolved } from '../manifest/field';
import { hasPodTemplate, readable, type KubeObject } from '../manifest/kube-object';
import type { Rule } from './rule';
import { customResourcesPage } from './sources';

/** The built-in workloads are in groups without a dot; a definition has the names of fields, not the fields. */
function isCustomResource({ group, kind }: KubeObject): boolean {
  return group.includes('.') && kind !== 'CustomResourceDefinition';
}

/** The name of a container, as opposed to the pattern of one in a policy: `*`. */
const containerName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/u;

function isContainer(value: unknown): boolean {
  const name =
    typeof value === 'object' && value !== null ? (value as { readonly name?: unknown }).name : undefined;
  return typeof name === 'string' && (isUnresolved(name) || containerName.test(name));
}

function bringsPods(key: string, value: unknown): boolean {
  return key === 'containers'
    ? Array.isArray(value) && value.some(isContainer)
    : key === 'volumeClaimTemplate' && typeof value === 'object' && value !== null;
}

/** Path to the first field below a value that only what makes pods has. */
function findPods(root: unknown, rootPath: string): string | undefined {
  // A stack of its own, and each value once: strangers' YAML may be deep, or refer to one value many times.
  const seen = new Set<unknown>();
  const stack = [{ value: root, path: rootPath }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value, path } = next;
    if (typeof value !== 'object' || value === null || seen.has(value)) {
      continue;
    }
    seen.add(value);
    const isList = Array.isArray(value);
    const fields = Object.entries(value);
    const found = isList ? undefined : fields.find(([key, field]) => bringsPods(key, field));
    if (found !== undefined) {
      return `${path}.${found[0]}`;
    }
    for (const [key, field] of fields.toReversed()) {
      stack.push({ value: field, path: isList ? `${path}[${key}]` : `${path}.${key}` });
    }
  }
  return undefined;
}

export const unjudgedPodsRule: Rule = {
  id: 'unjudged-pods',
  severity: 'warning',
  why: 'Pods are judged where Kubernetes has them, and in spec.template of any kind. A custom resource may keep them elsewhere, as KEDA’s ScaledJob does: nobody has checked that Fargate runs those.',
  source: customResourcesPage,
  judges: 'object',
  check: (object) => {
    const { root } = object;
    if (!isCustomResource(object) || hasPodTemplate(root.value)) {
      return [];
    }
    const path = findPods(root.get('spec').value, 'spec');
    return path === undefined
      ? []
      : [
          {
            text: `makes pods that are not judged (${readable(path)})`,
            fix: 'Compare them with docs/rules.md and the Fargate profiles by hand.',
          },
        ];
  },
};
