import type { Template } from '../../scripts/architecture-diagram';
import { replaceSection } from '../../scripts/marked-section';
import { pictures } from '../../scripts/pictures';
import { codeBlocks } from '../support/markdown';
import { read } from '../support/pages';
import { checkoutTemplate } from './support/checkout-stack';

const readme = read('README.md');

test('it shows the stack as it is: npm run diagram draws it anew', () => {
  const template = checkoutTemplate().toJSON() as Template;
  expect(readme).toBe(replaceSection(readme, 'architecture', pictures(template)));
});

test('what it shows of the walk-through is what the commands print', () => {
  const shown = codeBlocks(readme).find(({ language }) => language === 'text');
  const printed = read('docs/walkthrough.md').split('\n');
  const lines = shown!.text.split('\n').filter((line) => !line.startsWith('$ '));
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => !printed.includes(line))).toEqual([]);
});
