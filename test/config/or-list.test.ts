import { orList } from '../../lib/config/or-list';

test.each([
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('%j is written %s', (choices, text) => {
  expect(orList(choices)).toBe(text);
});
