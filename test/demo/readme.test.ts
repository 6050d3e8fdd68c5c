import { codeBlocks } from '../support/markdown';
import { read } from '../support/pages';

test('what the README shows of the walk-through is what the commands print', () => {
  const shown = codeBlocks(read('README.md')).find(({ language }) => language === 'text');
  const printed = read('docs/walkthrough.md').split('\n');
  const lines = shown!.text.split('\n').filter((line) => !line.startsWith('$ '));
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => !printed.includes(line))).toEqual([]);
});
