import { readDocuments } from '../../../lib/commands/preflight/read-documents';

const read = (text: string) => {
  const documents = readDocuments('f.yaml', text);
  return { ...documents, objects: documents.objects.map(({ value }) => value) };
};
const errors = (text: string) => read(text).errors.map(({ line, reason }) => `${line}: ${reason}`);
const config = (name: string) => `kind: ConfigMap\nmetadata: {name: ${name}}\n`;

test('documents in YAML, empty ones left out', () => {
  const { objects, errors: none } = read(
    `# a comment\n---\n${config('a')}---\n---\n# nothing\n--- # a comment\n${config('b')}...\n---\n`,
  );
  expect(objects).toEqual([
    { kind: 'ConfigMap', metadata: { name: 'a' } },
    { kind: 'ConfigMap', metadata: { name: 'b' } },
  ]);
  expect(none).toEqual([]);
});

test('each object has its line', () => {
  const { objects } = readDocuments(
    'f.yaml',
    `# a comment\n---\n${config('a')}---\n\n${config('b')}...\nkind: Pod\n`,
  );
  expect(objects.map(({ line }) => line)).toEqual([3, 7, 10]);
});

test('JSON, Windows line ends, and a directive', () => {
  expect(read('{"kind": "List",\n\t"items": []}').objects).toEqual([{ kind: 'List', items: [] }]);
  expect(read('---\r\nkind: Pod\r\n---\r\nkind: Job\r\n').objects).toEqual([
    { kind: 'Pod' },
    { kind: 'Job' },
  ]);
  expect(read('%YAML 1.1\n---\nkind: Pod\n').objects).toEqual([{ kind: 'Pod' }]);
});

test('three dots end a document as well', () => {
  expect(read('kind: Pod\n...\nkind: Job\n').objects).toEqual([{ kind: 'Pod' }, { kind: 'Job' }]);
});

test('three dashes in a block of text are text unless they start a line', () => {
  expect(read('kind: ConfigMap\ndata:\n  page: |\n    ---\n    text\n').objects).toEqual([
    { kind: 'ConfigMap', data: { page: '---\ntext\n' } },
  ]);
});

test('values are read as kubectl reads them', () => {
  const { objects } = read(
    'kind: Pod\na: yes\nb: 0644\nc: 12:30:45\nd: 2001-01-01\ne: 1e3\nf: 0.1\ng: "yes"\n',
  );
  expect(objects).toEqual([
    { kind: 'Pod', a: true, b: 420, c: '12:30:45', d: '2001-01-01', e: 1000, f: 0.1, g: 'yes' },
  ]);
});

test('anchors and merge keys', () => {
  expect(read('kind: Pod\nbase: &base {a: 1}\nspec:\n  <<: *base\n  b: 2\n').objects).toMatchObject([
    { spec: { a: 1, b: 2 } },
  ]);
});

test.each([
  ['kind: Pod\nmetadata: {name: a, name: b}\n', '2: the key "name" is there twice'],
  ['{"kind": "Pod",\n"kind": "Job"}', '2: the key "kind" is there twice'],
  ['kind: Pod\n\tspec: {}\n', '2: Tabs are not allowed as indentation'],
  [
    'just text\n',
    '1: the document is a string, not a Kubernetes object. Write a map with apiVersion, kind and metadata',
  ],
  [
    '# first\n- a\n',
    '2: the document is a list, not a Kubernetes object. Write a map with apiVersion, kind and metadata',
  ],
  [
    '---\n\n# x\na: 1\n',
    '4: the document has no kind, so it is not a Kubernetes object. Write apiVersion, kind and metadata',
  ],
  [
    'kind: 3\n',
    '1: the document has no kind, so it is not a Kubernetes object. Write apiVersion, kind and metadata',
  ],
  ['', 'undefined: holds no Kubernetes object'],
  ['---\n# nothing\n---\n', 'undefined: holds no Kubernetes object'],
  ['['.repeat(100_000), '1: is nested more than 500 levels deep'],
  [`{"kind": ${'{"a":'.repeat(50_000)}`, '1: is nested more than 500 levels deep'],
  [
    `kind: Pod\na0: &a0 [x, x]\n${Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`).join('')}`,
    '1: has more than 1000 aliases, or they expand to more. Write it without the anchors',
  ],
  [
    Array.from({ length: 5000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
    '1: is nested more than 500 levels deep',
  ],
  [
    `kind: Pod\nb: &b v\nz: [${'*b, '.repeat(1001)}]\n`,
    '1: has more than 1000 aliases, or they expand to more. Write it without the anchors',
  ],
  ['kind: Pod\na: *nowhere\n', '1: Unresolved alias (the anchor must be set before the alias): nowhere'],
])('what cannot be read, %#', (text, error) => {
  expect(errors(text)).toEqual([error]);
});

test('a bad document hides neither the others nor their lines', () => {
  const { objects, errors: found } = read(`${config('a')}---\nkind: [\n---\n${config('b')}---\n- x\n`);
  expect(objects).toMatchObject([{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }]);
  expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual(['f.yaml:5', 'f.yaml:9']);
});

test('text that looks like aliases is text', () => {
  const list = `* item\n    `.repeat(1500);
  expect(errors(`kind: ConfigMap\ndata:\n  page: |\n    ${list}\n`)).toEqual([]);
});

test('a key may be there once in each of several maps, and merge several times', () => {
  expect(errors('kind: Pod\na: {kind: x}\nb: &b {}\nc:\n  <<: *b\n  <<: *b\n')).toEqual([]);
});

test('a map of many keys takes no quadratic time', () => {
  const start = performance.now();
  const keys = Array.from({ length: 20_000 }, (_, key) => `k${key}: v\n`).join('');
  expect(errors(`kind: Pod\n${keys}k7: v\n`)).toEqual(['20002: the key "k7" is there twice']);
  expect(performance.now() - start).toBeLessThan(5000);
});

test('progress counts the documents', () => {
  const steps: string[] = [];
  readDocuments('f.yaml', `${config('a')}---\n${config('b')}`, (done, total) =>
    steps.push(`${done}/${total}`),
  );
  expect(steps).toEqual(['1/2', '2/2']);
});

describe('JSON objects that follow each other, which kubectl reads as documents', () => {
  const pod = (name: string) => JSON.stringify({ kind: 'Pod', metadata: { name, note: '}{ "\\' } }, null, 2);
  const names = (text: string) =>
    readDocuments('f.json', text).objects.map(({ value, line }) => ({
      name: (value as { readonly metadata: { readonly name: string } }).metadata.name,
      line,
    }));

  test('each is an object, with its line', () => {
    const text = `# a comment\n\n${pod('a')}\n${pod('b')}${pod('c')}\n\n---\n${pod('d')}\n`;
    expect(names(text)).toEqual([
      { name: 'a', line: 3 },
      { name: 'b', line: 10 },
      { name: 'c', line: 16 },
      { name: 'd', line: 25 },
    ]);
    expect(errors(text)).toEqual([]);
  });

  test('a broken one has its line, and hides none before it', () => {
    const text = `${pod('a')}\n${pod('b')}\n{"kind": \n`;
    expect(names(text).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(errors(text)).toEqual([expect.stringMatching(/^1[56]: /u)]);
  });

  test('text of YAML that looks like them stays one document', () => {
    expect(read(`{kind: Pod, note: 'a}{b', other: "}\n {"}\n`).objects).toEqual([
      { kind: 'Pod', note: 'a}{b', other: '} {' },
    ]);
  });
});
