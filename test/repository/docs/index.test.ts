import path from 'node:path';
import { filesOf, read } from '../../support/pages';

test('docs/README.md leads to every page', () => {
  const linked = [...read('docs/README.md').matchAll(/\]\(((?!\.\.)[^)]+)\)/g)].map((match) =>
    path.join('docs', match[1]!),
  );
  expect(linked.toSorted()).toEqual(filesOf('docs', '.md').filter((file) => file !== 'docs/README.md'));
});

test('docs/unverified.md leads to every section of what was not run in AWS', () => {
  const linked = [...read('docs/unverified.md').matchAll(/\]\(([\w-]+\.md)#unverified\)/g)].map((match) =>
    path.join('docs', match[1]!),
  );
  const sections = filesOf('docs', '.md').filter((file) => /^## Unverified$/m.test(read(file)));
  expect(linked.toSorted()).toEqual(sections);
});

test.each(filesOf('docs/decisions', '.md'))('%s is short', (page) => {
  expect(read(page).trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});

test('CONTRIBUTING.md explains every script', () => {
  const explained = [...read('CONTRIBUTING.md').matchAll(/^\| `npm (?:run )?([\w:-]+)` \| \S/gm)].map(
    (match) => match[1]!,
  );
  expect(explained.toSorted()).toEqual(Object.keys(JSON.parse(read('package.json')).scripts).toSorted());
});
