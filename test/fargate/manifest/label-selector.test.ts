import * as fc from 'fast-check';
import { Field } from '../../../lib/fargate/manifest/field';
import { LabelIndex, readSelector } from '../../../lib/fargate/manifest/label-selector';

const selectorOf = (value: unknown) => readSelector(new Field(value, new Map()));

/** As the documentation of Kubernetes words it, tried on one pod after the other. */
function takes(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean {
  const has = (key: string) => Object.keys(labels).includes(key);
  return (
    Object.keys(matchLabels).every((key) => has(key) && labels[key] === matchLabels[key]) &&
    matchExpressions.every(({ key, operator, values }) => {
      const among = has(key) && values.includes(labels[key]!);
      return { In: among, NotIn: !among, Exists: has(key), DoesNotExist: !has(key), Like: false }[operator];
    })
  );
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Like';
    readonly values: readonly string[];
  }[];
}

const key = fc.constantFrom('app', 'tier', 'toString');
const value = fc.constantFrom('a', 'b', '');
const labels = fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true });
const selector: fc.Arbitrary<Selector> = fc.record(
  {
    matchLabels: labels,
    matchExpressions: fc.array(
      fc.record({
        key,
        operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Like'),
        values: fc.array(value, { maxLength: 3 }),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);
const pod = fc.record({ namespace: fc.constantFrom('shop', 'other'), labels });

test('selects what an independent, slow matcher selects', () => {
  fc.assert(
    fc.property(fc.array(pod, { maxLength: 8 }), selector, (pods, wanted) => {
      const selected = new LabelIndex(pods).select('shop', selectorOf(wanted));
      const expected = pods.filter(
        (candidate) => candidate.namespace === 'shop' && takes(wanted, candidate.labels),
      );
      expect(new Set(selected)).toEqual(new Set(expected));
      expect(selected).toHaveLength(expected.length);
    }),
    { numRuns: 500 },
  );
});

test.each<[string, unknown]>([
  ['a label that all share', { matchLabels: { 'app.kubernetes.io/part-of': 'shop', app: 'app-7' } }],
  ['an expression', { matchExpressions: [{ key: 'app', operator: 'In', values: ['app-7', 'none'] }] }],
  ['the presence of a label', { matchExpressions: [{ key: 'only-7', operator: 'Exists' }] }],
])('does not try every pod for %s', (_name, wanted) => {
  let tried = 0;
  const pods = Array.from({ length: 100 }, (_, index) => ({
    namespace: 'shop',
    get labels() {
      tried += 1;
      return { 'app.kubernetes.io/part-of': 'shop', app: `app-${index}`, [`only-${index}`]: 'yes' };
    },
  }));
  const index = new LabelIndex(pods);
  tried = 0;
  const selected = index.select('shop', selectorOf(wanted));
  expect(tried).toBe(1);
  expect(selected).toEqual([pods[7]]);
});
