/** Custom resources whose controllers make pods from a template that this engine does not read. */
import { isUnresolved } from '../manifest/field';
import { hasPodTemplate, readable, type KubeObject } from '../manifest/kube-object';
import { madeBy } from './pod-makers';
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

/** The first field below a value that only what makes pods has, as `what is in spec.job.containers`. */
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
      return `what is in ${path}.${found[0]}`;
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
  why: 'Pods are judged where Kubernetes has them, and in spec.template of any kind. A custom resource may keep them elsewhere, as KEDA’s ScaledJob does, or leave them to its controller, as Prometheus does: nobody has checked that Fargate runs those. Known kinds are in lib/fargate/rules/pod-makers.ts; of any other, fields that only what makes pods has are looked for.',
  source: customResourcesPage,
  judges: 'object',
  check: (object) => {
    const { root } = object;
    if (!isCustomResource(object) || hasPodTemplate(root.value)) {
      return [];
    }
    const what = madeBy(object.group, object.kind) ?? findPods(root.get('spec').value, 'spec');
    return what === undefined
      ? []
      : [
          {
            text: `its pods are not judged (it makes ${readable(what)})`,
            fix: 'Compare them with docs/rules.md and the Fargate profiles.',
          },
        ];
  },
};
