import { existsSync } from 'node:fs';
import path from 'node:path';
import { environments } from '../../../lib/config/environments';
import { rules } from '../../../lib/fargate/rules/index';
import { environmentWith } from '../../support/environment-with';
import { pages, read, root, settingsIn } from '../../support/pages';

const matches = (page: string, pattern: RegExp) =>
  [...read(page).matchAll(pattern)].map((match) => match[1]!);
const codeSpans = (page: string) =>
  [
    ...read(page)
      .replaceAll(/^```[\s\S]*?^```$/gm, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map((match) => match[1]!);
/** What test/demo/pages.test.ts judges: a fork without the demo keeps pages that use it as their example. */
const isOfTheDemo = (name: string) => /checkout|redis|variant|orders|test\/demo/i.test(name);

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
    const missing = files.filter((file) => !existsSync(path.join(root, file)));
    expect(missing.filter((file) => !isOfTheDemo(file))).toEqual([]);
  });

  test('the settings it gives are accepted, and the environments it names are there', () => {
    const given = settingsIn(read(page)).filter(([name, value]) => value !== undefined && !isOfTheDemo(name));
    const named = given.filter(([name]) => name === 'environment').map(([, value]) => value);
    expect(named.filter((name) => !Object.hasOwn(environments, name!))).toEqual([]);
    for (const [name, value] of given.filter(([setting]) => setting !== 'environment')) {
      expect(() => environmentWith({ [name]: value })).not.toThrow();
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

  test('the outputs that it names are those of a stack', () => {
    for (const output of matches(page, /outputs? `(\w+)`/gi)) {
      expect(read('lib/stack/stack-outputs.ts')).toContain(`  ${output}: '`);
    }
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
