import { App, Lazy, Stack } from 'aws-cdk-lib';
import { parseAllDocuments } from 'yaml';
import { manifestFile, missingInGit } from '../../../lib/commands/manifests/manifest-file';
import type { Manifest } from '../../../lib/fargate/manifest/manifest';
import type { VariantPlan } from '../../../lib/stack/plan-environment';
import { FargatePlan } from '../../../lib/synthesis/fargate-plan';

function planOf(...objects: readonly Manifest[]): VariantPlan {
  const plan = new FargatePlan('shop', '1.36');
  const stack = new Stack(new App(), 'Shop');
  plan.addObjects(stack, { objects, appliedBy: 'stack' });
  plan.addObjects(stack, { objects: [{ apiVersion: 'v1', kind: 'Add-on' }], appliedBy: 'eks' });
  return {
    variant: undefined,
    clusters: [plan],
    stackNames: ['Shop'],
    resources: new Map(),
    endpointZones: 0,
  };
}
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop', namespace: 'shop' } };

test('objects come in order, one document each, without those that EKS applies', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const file = manifestFile(planOf(namespace, service));
  expect(file).toMatchObject({ count: 2, leftOut: [] });
  expect(parseAllDocuments(file.yaml).map((document) => document.toJS())).toEqual([namespace, service]);
});

test('an object that names a resource of the stack is left out, and listed', () => {
  const unresolved = { ...service, spec: { externalName: Lazy.string({ produce: () => 'late' }) } };
  const file = manifestFile(planOf(unresolved));
  expect(file).toMatchObject({ count: 0, leftOut: ['Service shop/shop'] });
  expect(file.yaml).not.toContain('Token');
});

test('where Argo CD applies workloads, the file has those, and nothing that the stack applies', () => {
  const plan = new FargatePlan('shop', '1.36');
  const stack = new Stack(new App(), 'Shop');
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  plan.addObjects(stack, { objects: [namespace], appliedBy: 'stack' });
  plan.addObjects(stack, { objects: [service], appliedBy: 'git' });
  const file = manifestFile({ ...planOf(), clusters: [plan] });
  expect(parseAllDocuments(file.yaml).map((document) => document.toJS())).toEqual([service]);
  expect(file).toMatchObject({ count: 1, leftOut: [] });
});

describe('an object that git cannot hold', () => {
  const unresolved = { ...service, spec: { externalName: Lazy.string({ produce: () => 'late' }) } };
  const plannedAs = (appliedBy: 'git' | 'stack', object: Manifest) => {
    const plan = new FargatePlan('shop', '1.36');
    plan.addObjects(new Stack(new App(), 'Shop'), { objects: [object], appliedBy });
    return { ...planOf(), clusters: [plan] };
  };

  test('is missing for Argo CD, said once for all variants', () => {
    const variant = plannedAs('git', unresolved);
    expect(missingInGit([variant, variant])).toEqual([
      'Service shop/shop: spec.externalName is known at deploy time only, and git cannot hold it (setting gitOps). Set a name for the resource that it refers to, and write that name.',
    ]);
  });

  test('is not missing where the stack applies it, or where somebody accepts it', () => {
    const annotations = { 'eks-fargate.io/acknowledge': 'unknown-in-git: applied by hand' };
    const accepted = { ...unresolved, metadata: { ...service.metadata, annotations } };
    expect(missingInGit([plannedAs('stack', unresolved), plannedAs('git', accepted)])).toEqual([]);
  });
});
