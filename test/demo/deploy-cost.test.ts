import { readFileSync } from 'node:fs';
import path from 'node:path';
import { appliedManifests } from '../support/applied-manifests';
import { checkoutTemplate } from './support/checkout-stack';
import { longestChain, type OrderedTemplate } from './support/deploy-order';
import { codeBlocks } from '../support/markdown';
import { withoutSuffixes } from '../support/profile-names';

const template = checkoutTemplate();
const ownProfiles = new Set(['system-profile', 'checkout-profile']);
const ownNamespaces = new Set(['aws-observability', 'checkout']);

/** Profiles and manifests that a fork has added: the page tells what each costs, and counts without them. */
const added = new Set([
  ...Object.entries(template.findResources('AWS::EKS::FargateProfile'))
    .filter(([, { Properties }]) => !ownProfiles.has(withoutSuffixes(Properties.FargateProfileName)))
    .map(([id]) => id),
  ...appliedManifests(template)
    .filter(({ objects }) =>
      objects.every(({ metadata }) => !ownNamespaces.has(metadata.namespace ?? metadata.name)),
    )
    .map(({ logicalId }) => logicalId),
]);
const resources = Object.fromEntries(
  Object.entries(template.toJSON().Resources as OrderedTemplate['Resources']).map(([id, resource]) => [
    id,
    added.has(id) ? { ...resource, Type: 'Added' } : resource,
  ]),
);
const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'deploy-cost.md'), 'utf8');

const isCustom = (type: string) => type.startsWith('Custom::');
/** Waited for by minutes, or by a call of a Lambda function; all others take seconds. */
const isSlow = (type: string) =>
  isCustom(type) || type.startsWith('AWS::EKS::') || type === 'AWS::EC2::NatGateway';

/** A resource as the page names it. */
function describeResource(logicalId: string): string {
  const { Type, Properties } = template.toJSON().Resources[logicalId];
  const objects = appliedManifests(template).find((manifest) => manifest.logicalId === logicalId)?.objects;
  if (objects) {
    return `kubectl: ${objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ')}`;
  }
  const name = Properties.FargateProfileName ?? Properties.AddonName;
  return name ? `${Type} ${withoutSuffixes(name)}` : Type;
}

test('the longest chain of slow resources is that of the page', () => {
  expect(longestChain({ Resources: resources }, isSlow).map(describeResource).join('\n')).toBe(
    codeBlocks(page)[0]!.text,
  );
});

test('custom resources: five calls, three of them one after the other', () => {
  const ids = Object.keys(resources).filter((id) => isCustom(resources[id]!.Type));
  expect(ids.map(describeResource)).toHaveLength(5);
  const onTheChain = longestChain({ Resources: resources }, isSlow).filter((id) => ids.includes(id));
  expect(onTheChain).toHaveLength(3);
  expect(page).toContain('5 calls, 3 of them one after the other');
});

describe('the longest chain', () => {
  const chain = (Resources: Record<string, object>) =>
    longestChain({ Resources: Resources as OrderedTemplate['Resources'] }, (type) => type !== 'Link');

  test.each([
    ['DependsOn, one', { DependsOn: 'A' }],
    ['DependsOn, several', { DependsOn: ['A'] }],
    ['Ref', { Properties: { X: [{ Ref: 'A' }] } }],
    ['Fn::GetAtt, list', { Properties: { X: { 'Fn::GetAtt': ['A', 'Arn'] } } }],
    ['Fn::GetAtt, text', { Properties: { X: { 'Fn::GetAtt': 'A.Arn' } } }],
    ['Fn::Sub', { Properties: { X: { 'Fn::Sub': 'x-${A.Arn}-${AWS::Region}' } } }],
  ])('follows %s', (_name, reference) => {
    expect(chain({ B: { Type: 'T', ...reference }, A: { Type: 'T' } })).toEqual(['A', 'B']);
  });

  test('goes through what does not count, and takes the longest way', () => {
    expect(
      chain({
        D: { Type: 'T', DependsOn: ['A', 'C'] },
        C: { Type: 'Link', DependsOn: 'B' },
        B: { Type: 'T', DependsOn: 'A' },
        A: { Type: 'T' },
      }),
    ).toEqual(['A', 'B', 'D']);
  });
});
