import { checkProfiles } from '../../lib/fargate/check-profiles';
import { profileRules } from '../../lib/fargate/rules/profiles';
import type { FargateProfile } from '../../lib/fargate/sizing/profile';

const profile = (name: string, ...namespaces: readonly string[]): FargateProfile => ({
  name,
  selectors: namespaces.map((namespace) => ({ namespace })),
});
const messages = (...profiles: readonly FargateProfile[]) =>
  checkProfiles(profiles).map(({ message }) => message);
const labels = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`label${index}`, 'yes']));

test('as much as EKS allows is fine', () => {
  const ten = Array.from({ length: 10 }, (_, index) =>
    profile(`profile-${index}`, ...['a', 'b', 'c', 'd', 'e'].map((n) => `${n}${index}`)),
  );
  expect(messages(...ten)).toEqual([]);
  expect(messages({ name: 'a'.repeat(63), selectors: [{ namespace: 'shop', labels: labels(5) }] })).toEqual(
    [],
  );
});

test.each([
  [
    'eks-shop',
    'FargateProfile eks-shop: EKS reserves names that start with eks-. Choose another, such as shop.',
  ],
  [
    '-shop',
    "FargateProfile -shop: the name is not a label value. Use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends.",
  ],
])('the name %s', (name, message) => {
  expect(messages(profile(name, 'shop'))).toEqual([message]);
});

test('a name of 64 characters is no label value', () => {
  expect(checkProfiles([profile('a'.repeat(64), 'shop')]).map(({ rule }) => rule)).toEqual(['profile-name']);
});

test('a name is there once', () => {
  expect(messages(profile('shop', 'a'), profile('shop', 'b'))).toEqual([
    'FargateProfile shop: another profile has the name. Choose another.',
  ]);
});

test('ten profiles, and not one more: said once, however many there are', () => {
  const twelve = Array.from({ length: 12 }, (_, index) => profile(`p${index}`, `n${index}`));
  expect(messages(...twelve.slice(0, 10))).toEqual([]);
  expect(messages(...twelve)).toEqual([
    'FargateProfile p10: the cluster has 12 profiles, and EKS allows 10. Join some: a profile may have 5 selectors, with wildcards.',
  ]);
});

test('selectors and their labels are counted', () => {
  expect(messages(profile('none'))).toEqual([
    'FargateProfile none: has no selector. Write one, with the namespace of its pods.',
  ]);
  expect(messages(profile('six', 'a', 'b', 'c', 'd', 'e', 'f'))).toEqual([
    'FargateProfile six: has 6 selectors, and EKS allows 5. Use wildcards, or a second profile.',
  ]);
  expect(messages(profile('nowhere', ''))).toEqual([
    'FargateProfile nowhere: a selector has no namespace. Write one; * stands for all.',
  ]);
  expect(messages({ name: 'many', selectors: [{ namespace: 'shop', labels: labels(6) }] })).toEqual([
    'FargateProfile many: selector namespace=shop has 6 labels, and EKS allows 5. Select by fewer.',
  ]);
});

test('a selector that can take no pod is pointed out', () => {
  expect(messages(profile('b', 'shop', 'shop'))).toEqual([
    'FargateProfile b: selector namespace=shop is defined twice. Remove one.',
  ]);
  const selector = { namespace: 'shop', labels: { fargate: 'yes' } };
  const others = ['b', 'a'].map((name) => ({ name, selectors: [{ namespace: name }, selector] }));
  expect(messages({ name: 'c', selectors: [selector] }, ...others)).toEqual([
    'FargateProfile c: selector namespace=shop, fargate=yes is also one of profile a, which comes first and gets the pods. Remove one, or label the pods with eks.amazonaws.com/fargate-profile.',
    'FargateProfile b: selector namespace=shop, fargate=yes is also one of profile a, which comes first and gets the pods. Remove one, or label the pods with eks.amazonaws.com/fargate-profile.',
  ]);
});

test('the list of profile rules', () => {
  expect(profileRules.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
    'error profile-name',
    'error profile-name-twice',
    'error profile-count',
    'error profile-selectors',
    'warning profile-selector-twice',
  ]);
});
