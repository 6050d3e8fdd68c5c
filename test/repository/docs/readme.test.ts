import { settingsTable } from '../../../scripts/settings-table';
import { codeBlocks } from '../../support/markdown';
import { read } from '../../support/pages';

const readme = read('README.md');

test('it lists every setting as the code has it, in the same order', () => {
  const rows = readme.match(/^\| `\w+` \|.*\|$/gm);
  expect(rows).toEqual(settingsTable().split('\n').slice(2));
});

test('what it shows of the walk-through is what the commands print', () => {
  const shown = codeBlocks(readme).find(({ language }) => language === 'text');
  const printed = read('docs/walkthrough.md').split('\n');
  const lines = shown!.text.split('\n').filter((line) => !line.startsWith('$ '));
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => !printed.includes(line))).toEqual([]);
});
