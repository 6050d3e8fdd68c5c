import { broken, held, judgeAll, worst, type Check } from '../../../lib/commands/cluster/check';
import { CouldNotLook } from '../../../lib/commands/could-not-look';

const one = { label: 'one' };
/** A check of one thing, which its view does not concern. */
const check = (id: string, judge: Check<undefined>['judge'], more: Partial<Check<undefined>> = {}) => ({
  id,
  step: 1,
  title: `title of ${id}`,
  usualCause: 'a cause',
  subjects: () => [one],
  judge,
  ...more,
});
const verdicts = (...checks: readonly Check<undefined>[]) =>
  judgeAll(undefined, checks).map(({ id, subjects }) => [id, subjects[0]!.status, subjects[0]!.observed]);

test('results are in the order of the steps, and within a step in that of the checks', () => {
  const results = verdicts(
    check('c', () => held('c'), { step: 2 }),
    check('a', () => held('a')),
    check('b', () => held('b')),
  );
  expect(results.map(([id]) => id)).toEqual(['a', 'b', 'c']);
});

test('what a broken check explains names that check, however far back it is', () => {
  expect(
    verdicts(
      check('a', () => broken('x', 'y')),
      check('b', () => held('b'), { after: ['a'] }),
      check('c', () => held('c'), { after: ['none', 'b'] }),
      check('d', () => held('d')),
    ),
  ).toEqual([
    ['a', 'broken', 'y'],
    ['b', 'unknown', 'not judged, follows from "title of a"'],
    ['c', 'unknown', 'not judged, follows from "title of a"'],
    ['d', 'held', 'd'],
  ]);
});

const fail = (error: unknown) => (): never => {
  throw error;
};

test('what was not seen is unknown, and so is what a defect hides', () => {
  expect(
    verdicts(
      check('not seen', fail(new CouldNotLook('no way', 'Ask'))),
      check('a defect', fail(new TypeError('x is undefined'))),
      check('another', fail('text')),
      check('no subjects', () => held(''), { subjects: fail(new CouldNotLook('none', 'Ask')) }),
    ),
  ).toEqual([
    ['not seen', 'unknown', 'no way. Ask.'],
    ['a defect', 'unknown', 'the check itself failed: x is undefined'],
    ['another', 'unknown', 'the check itself failed: text'],
    ['no subjects', 'unknown', 'none. Ask.'],
  ]);
});

test('where nothing was judged, nothing has held', () => {
  expect(worst([])).toBe('unknown');
});
