import { Lazy } from 'aws-cdk-lib';
import { parseAllDocuments } from 'yaml';
import { manifestFile } from '../../../lib/commands/manifests/manifest-files';
import type { VariantPlan } from '../../../lib/stack/plan-variants';

const plan = (objects: VariantPlan['objects']): VariantPlan => ({
  variant: 'resized',
  objects,
  check: { pods: [], findings: [] },
});
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop', namespace: 'shop' } };

test('objects come in order, one document each', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const file = manifestFile(plan([namespace, service]));
  expect(file).toMatchObject({ name: 'resized.yaml', count: 2, leftOut: [] });
  expect(parseAllDocuments(file.yaml).map((document) => document.toJS())).toEqual([namespace, service]);
});

test('an object that names a resource of the stack is left out, and listed', () => {
  const unresolved = { ...service, spec: { externalName: Lazy.string({ produce: () => 'late' }) } };
  const file = manifestFile(plan([unresolved]));
  expect(file).toMatchObject({ count: 0, leftOut: ['Service shop/shop'] });
  expect(file.yaml).not.toContain('Token');
});
