import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { environments } from '../../../lib/config/environments';
import { settings } from '../../../lib/config/settings';
import { planEnvironment } from '../../../lib/stack/plan-environment';
import { generatedFiles } from '../../../scripts/accept/generated-files';
import { replaceSection } from '../../../scripts/accept/marked-section';
import { settingsPage } from '../../../scripts/accept/settings-page';
import { featureFlags } from '../../support/feature-flags';

jest.mock('../../../lib/stack/create-app', () => jest.requireActual('../../support/two-stacks'));
jest.mock('../../../lib/config/environments', () => jest.requireActual('../../support/environments'));

/** What becomes of a README, and of a page of rules that is out of date. */
function generate(readme: string): Readonly<Record<string, string>> {
  const root = mkdtempSync(path.join(tmpdir(), 'generated-'));
  mkdirSync(path.join(root, 'docs'));
  writeFileSync(path.join(root, 'README.md'), readme);
  writeFileSync(path.join(root, 'docs/rules.md'), 'out of date');
  writeFileSync(path.join(root, 'docs/settings.md'), 'out of date');
  const files = generatedFiles(root, planEnvironment(featureFlags));
  return Object.fromEntries(files.map(({ file, generated }) => [file, generated]));
}

test('the sections that a README has are generated, and nothing else in it is changed', () => {
  const section = (name: string) => `<!-- ${name}:begin -->\nold\n<!-- ${name}:end -->\n`;
  const readme = `# Shop\n${section('architecture')}text\n${section('data-flow')}`;
  const page = generate(readme)['README.md']!;
  expect(page).toMatch(/^# Shop\n<!-- architecture:begin -->\n[^]*\n<!-- architecture:end -->\ntext\n/);
  expect(page).toContain('subgraph vpc["VPC 10.0.0.0/16, 3 zones"]');
  expect(page).toContain('synthesis --> constructs');
  expect(page).not.toContain('old');
  expect(generate('# Shop\n')['README.md']).toBe('# Shop\n');
});

test('the pages of the rules and of the settings are generated as a whole', () => {
  expect(generate('')).toMatchObject({
    'docs/rules.md': expect.stringMatching(/^# Rules\n/),
    'docs/settings.md': settingsPage(),
  });
});

test('the page of the settings has each, with its value in every environment, and leads to the pages about them', () => {
  expect(settingsPage()).toContain('([ingress](ingress.md))');
  const rows = settingsPage()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((row) => row.slice(2, -2).split(' | '));
  expect(rows.map(([name]) => name)).toEqual(Object.keys(settings).map((name) => `\`${name}\``));
  expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([2 + Object.keys(environments).length]));
  expect(rows).toContainEqual([
    '`logRetentionDays`',
    'Days that CloudWatch keeps control-plane, pod and flow logs.',
    '`90`',
  ]);
  expect(rows).toContainEqual(['`vpcId`', expect.any(String), 'a new VPC']);
});

test('a section that begins and does not end is an error', () => {
  expect(() => replaceSection('<!-- a:begin -->', 'a', 'x')).toThrow(
    'the page has <!-- a:begin -->, and no <!-- a:end --> after it',
  );
});
