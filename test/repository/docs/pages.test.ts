import { existsSync } from 'node:fs';
import path from 'node:path';
import { readEnvironment } from '../../../lib/config/settings';
import { rules } from '../../../lib/fargate/rules/index';
import { filesOf, pages, read, root } from '../../support/pages';

/** Everything the pages may speak of: code, configuration, and what was synthesized and rendered. */
const sources = [
  ...['bin', 'charts', 'lib'].flatMap((folder) => filesOf(folder, '.ts')),
  ...filesOf('test', '.snap'),
  'package.json',
  'cdk.json',
]
  .map(read)
  .join('\n');

const matches = (page: string, pattern: RegExp) =>
  [...read(page).matchAll(pattern)].map((match) => match[1]!);
const codeSpans = (page: string) =>
  [
    ...read(page)
      .replaceAll(/^```[\s\S]*?^```$/gm, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map((match) => match[1]!);
const isKnown = (word: string) =>
  new RegExp(`(?<![\\w-])${word.replaceAll(/[.*+?^$()[\]{}|\\/]/g, String.raw`\$&`)}(?![\\w-])`).test(
    sources,
  );

describe.each(pages)('%s', (page) => {
  test('its links lead somewhere', () => {
    const dead = matches(page, /\]\((?!https?:|#)([^)#\s]+)/g).filter(
      (link) => !existsSync(path.join(root, path.dirname(page), link)),
    );
    expect(dead).toEqual([]);
  });

  test('the files it names exist', () => {
    const files = codeSpans(page).filter((span) =>
      /^(\.ci|\.github|bin|charts|docs|examples|lib|scripts|test)\/[\w./-]+$/.test(span),
    );
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  test('the settings it gives are accepted', () => {
    for (const setting of matches(page, /-c ((?!name=value)\w+=\S*?)(?=[`\s,;)]|$)/gm)) {
      const [name, value] = setting.split('=') as [string, string];
      // What a shell or a reader fills in is not judged.
      const known = /[$]|^[A-Z_]+$/.test(value) ? '' : value;
      expect(() => readEnvironment(known === '' ? { [name]: undefined } : { [name]: known })).not.toThrow();
    }
  });

  test('the commands it runs are there', () => {
    const { scripts } = JSON.parse(read('package.json'));
    expect(Object.keys(scripts)).toEqual(
      expect.arrayContaining(matches(page, /npm run (?:--silent )?([a-z][\w:-]*)/g)),
    );
    const missing = matches(page, /npx (?:--\S+ )*([a-z][\w-]*)/g).filter(
      (bin) => !existsSync(path.join(root, 'node_modules/.bin', bin)),
    );
    expect(missing).toEqual([]);
  });

  test('the stack, profiles, outputs and objects in its commands are those of the code', () => {
    for (const output of matches(page, /outputs? `(\w+)`/gi)) {
      expect(read('lib/stack/stack-outputs.ts')).toContain(`  ${output}: '`);
    }
    const named = [
      ...matches(page, /--(?:cluster-|stack-)name ([\w-]+)/g),
      ...matches(page, /--fargate-profile-name ([\w-]+?)(?=[`\s])/g),
    ];
    expect(named.filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
    const namespaces = ['checkout', 'kube-system', 'aws-observability'];
    expect(namespaces).toEqual(expect.arrayContaining(matches(page, /--namespace ([a-z][\w-]*)/g)));
    expect(matches(page, /deployment\/([\w-]+)/g).filter((name) => !isKnown(name))).toEqual([]);
  });
});

test('every rule that a page names is a rule', () => {
  const ids = new Set<string>(rules.map(({ id }) => id));
  const named = pages.flatMap((page) =>
    matches(page, /\brules? ((?:`[\w-]+`(?:, | and )?)+)/g).flatMap((list) => list.split(/, | and /)),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.map((id) => id.replaceAll('`', '')).filter((id) => !ids.has(id))).toEqual([]);
});
