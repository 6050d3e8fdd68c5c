import * as fc from 'fast-check';
import {
  findProfile,
  matchesSelector,
  matchesWildcard,
  type FargateSelector,
} from '../../../lib/fargate/sizing/profile';
import { growth, linear } from '../../support/growth';

const pod = { namespace: 'checkout', labels: { app: 'checkout', fargate: 'yes' } };
const profile = (name: string, ...selectors: FargateSelector[]) => ({ name, selectors });

test.each([
  [{ namespace: 'checkout' }, true],
  [{ namespace: 'checkout', labels: {} }, true],
  [{ namespace: 'checkout', labels: { fargate: 'yes' } }, true],
  [{ namespace: 'checkout', labels: { fargate: 'yes', app: 'cart' } }, false],
  [{ namespace: 'checkouts' }, false],
  [{ namespace: 'check*' }, true],
  [{ namespace: '*' }, true],
  [{ namespace: 'c?eckout' }, true],
  [{ namespace: 'checkout?' }, false],
  [{ namespace: 'checkout', labels: { 'far*': 'y?s' } }, true],
  [{ namespace: 'checkout', labels: { '*': 'no' } }, false],
  [{ namespace: 'checkout', labels: { toString: '*' } }, false],
])('%j: %p', (selector, matches) => {
  expect(matchesSelector(selector, pod)).toBe(matches);
});

test('any selector of a profile suffices', () => {
  expect(findProfile([profile('a', { namespace: 'other' }, { namespace: 'checkout' })], pod)?.name).toBe('a');
});

test('of several profiles the alphanumerically first takes the pod', () => {
  const profiles = ['prod-workload', 'beta-workload', 'c'].map((name) => profile(name, { namespace: '*' }));
  expect(findProfile(profiles, pod)?.name).toBe('beta-workload');
});

test('the label of a pod names its profile, which must match all the same', () => {
  const profiles = [
    profile('a', { namespace: '*' }),
    profile('b', { namespace: '*' }),
    profile('c', { namespace: 'x' }),
  ];
  const labelled = (name: string) => ({ ...pod, labels: { 'eks.amazonaws.com/fargate-profile': name } });
  expect(findProfile(profiles, labelled('b'))?.name).toBe('b');
  expect(findProfile(profiles, labelled('c'))).toBeUndefined();
  expect(findProfile(profiles, labelled('d'))).toBeUndefined();
});

/** The definition of the user guide, word by word and as slow as it reads. */
function slowMatch(pattern: string, text: string): boolean {
  if (pattern === '') {
    return text === '';
  }
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === '*') {
    return Array.from({ length: text.length + 1 }, (_, skipped) => text.slice(skipped)).some((tail) =>
      slowMatch(rest, tail),
    );
  }
  return text !== '' && (first === '?' || first === text[0]) && slowMatch(rest, text.slice(1));
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 7 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*', '?'), maxLength: 6 });

test('wildcards agree with an independent matcher', () => {
  fc.assert(
    fc.property(pattern, word, (wildcard, text) => {
      expect(matchesWildcard(wildcard, text)).toBe(slowMatch(wildcard, text));
    }),
    { numRuns: 2000 },
  );
});

test('selectors agree with an independent matcher', () => {
  fc.assert(
    fc.property(
      pattern,
      fc.dictionary(pattern, pattern, { maxKeys: 3 }),
      word,
      fc.dictionary(word, word, { maxKeys: 3 }),
      (namespacePattern, selectorLabels, namespace, labels) => {
        const expected =
          slowMatch(namespacePattern, namespace) &&
          Object.keys(selectorLabels).every((key) =>
            Object.keys(labels).some(
              (own) => slowMatch(key, own) && slowMatch(selectorLabels[key]!, labels[own]!),
            ),
          );
        expect(
          matchesSelector({ namespace: namespacePattern, labels: selectorLabels }, { namespace, labels }),
        ).toBe(expected);
      },
    ),
    { numRuns: 1000 },
  );
});

test('a hostile pattern takes no exponential time', () => {
  expect(growth((stars) => matchesWildcard(`${'*a'.repeat(stars)}b`, 'a'.repeat(30)), 1)).toBeLessThan(
    linear,
  );
});
