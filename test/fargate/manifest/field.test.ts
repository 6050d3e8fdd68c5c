import { describeValue } from '../../../lib/fargate/manifest/field';
import { deployment, messagesOf, object, withContainer } from '../support/manifests';

test.each([
  [null, 'null'],
  [[1], 'a list'],
  [{ a: 1 }, 'a map'],
  [7, 'the number 7'],
  [true, 'the boolean true'],
  ['8080', 'the string "8080"'],
  ['x'.repeat(58), `the string "${'x'.repeat(58)}"`],
  ['x'.repeat(59), `the string "${'x'.repeat(56)}…`],
])('%j is described as %s', (value, described) => {
  expect(describeValue(value)).toBe(described);
});

const wrongTypes = (manifest: object) => messagesOf('wrong-type', [manifest]);

test('a count is a whole number', () => {
  const spec = (replicas: unknown) =>
    object('apps/v1', 'Deployment', { spec: { replicas, template: { spec: { containers: [] } } } });
  expect(wrongTypes(spec(1.5))).toEqual([
    'Deployment shop/cart: spec.replicas is the number 1.5, not a whole number. Correct the type.',
  ]);
  expect(wrongTypes(spec('2'))).toEqual([
    'Deployment shop/cart: spec.replicas is the string "2", not a whole number. Correct the type.',
  ]);
});

test('a map instead of a text, of which each place is named once', () => {
  expect(wrongTypes(withContainer({ image: { name: 'cart' } }))).toEqual([
    'Deployment shop/cart: spec.template.spec.containers[0].image is a map, not a string. Correct the type.',
  ]);
  expect(wrongTypes(deployment())).toEqual([]);
});
