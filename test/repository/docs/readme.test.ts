import { settings } from '../../../lib/config/settings';
import { codeBlocks } from '../../support/markdown';
import { read } from '../../support/pages';

const readme = read('README.md');

test('it stays short', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test('it lists every setting as the code has it, in the same order', () => {
  const rows = readme.match(/^\| `\w+` \|.*\|$/gm);
  expect(rows).toEqual(
    Object.entries(settings).map(([name, setting]) => {
      const inWords = 'otherwise' in setting ? setting.otherwise : `\`${setting.default}\``;
      const shown = 'default' in setting && setting.default === '' ? 'none: private endpoint only' : inWords;
      return `| \`${name}\` | ${setting.description} | ${shown} |`;
    }),
  );
});

test('what it shows of the walk-through is what the commands print', () => {
  const shown = codeBlocks(readme).find(({ language }) => language === 'text');
  const printed = read('docs/walkthrough.md').split('\n');
  const lines = shown!.text.split('\n').filter((line) => !line.startsWith('$ '));
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => !printed.includes(line))).toEqual([]);
});
