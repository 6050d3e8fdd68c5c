import * as fc from 'fast-check';
import { profileLabel, type FargateProfile } from '../../../../lib/fargate/sizing/profile';

/** Profiles whose selectors overlap, with wildcards and with characters that mean something in a regular expression. */
export const trickyProfiles: readonly FargateProfile[] = [
  { name: 'b', selectors: [{ namespace: 'match-a', labels: { 'app?': 'w*b' } }] },
  { name: 'a', selectors: [{ namespace: 'match-?', labels: { tier: 'web' } }] },
  { name: 'a.b', selectors: [{ namespace: 'match-?', labels: { 'a.b/c': 'w.b' } }] },
  {
    name: 'c',
    selectors: [
      { namespace: 'match-b', labels: { 'a*': '*', tier: '?*' } },
      { namespace: '*-long', labels: { tier: '*' } },
    ],
  },
];

/** Namespaces that some of their selectors match. */
export const trickyNamespaces = ['match-a', 'match-b', 'match-long'] as const;

const names = trickyProfiles.map(({ name }) => name);

/** Pods that match none, one or several of them. */
export const trickyPods = fc.record({
  namespace: fc.constantFrom(...trickyNamespaces),
  labels: fc.record(
    {
      app: fc.constantFrom('web', 'wb'),
      app1: fc.constantFrom('web', 'w.b', 'job'),
      'a.b/c': fc.constantFrom('w.b', 'web'),
      'axb/c': fc.constantFrom('w.b'),
      tier: fc.constantFrom('web', '', 'Web'),
      [profileLabel]: fc.constantFrom(...names, 'other'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, string>>,
  annotations: fc.record(
    { 'eks.amazonaws.com/compute-type': fc.constantFrom('ec2', 'fargate') },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, string>>,
});
