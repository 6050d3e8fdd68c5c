import { growth, linear } from '../../support/growth';
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

test('JSON, and Windows line ends', () => {
  expect(read('{"kind": "List",\n\t"items": []}').objects).toEqual([{ kind: 'List', items: [] }]);
  expect(read('---\r\nkind: Pod\r\n---\r\nkind: Job\r\n').objects).toEqual([
    { kind: 'Pod' },
    { kind: 'Job' },
  ]);
});

test('the mark that some editors put first is no text', () => {
  expect(read('\uFEFFkind: Pod\n').objects).toEqual([{ kind: 'Pod' }]);
});

test('a document of null is none', () => {
  expect(read('kind: Pod\n---\nnull\n---\n~\n')).toEqual({ objects: [{ kind: 'Pod' }], errors: [] });
});

test('three dots end a document as well', () => {
  expect(read('kind: Pod\n...\nkind: Job\n').objects).toEqual([{ kind: 'Pod' }, { kind: 'Job' }]);
});

test('three dashes in a block of text are text unless they start a line', () => {
  expect(read('kind: ConfigMap\ndata:\n  page: |\n    ---\n    text\n').objects).toEqual([
    { kind: 'ConfigMap', data: { page: '---\ntext\n' } },
  ]);
});

test.each([
  ['kind: Pod\n\tspec: {}\n', '2: tab characters must not be used in indentation'],
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
  ['kind: Pod\na: *nowhere\n', '2: unidentified alias "nowhere"'],
  ['kind: Pod\n? [a]\n: b\n', '1: a key is a list. Write a text'],
  ['kind: Pod\n--- kind: Pod\n', '2: end of the stream or a document separator is expected'],
])('what cannot be read, %#', (text, error) => {
  expect(errors(text)).toEqual([error]);
});

describe('templates that nobody rendered', () => {
  const advice = 'holds {{ … }}, so it is a template. Render it first (helm template)';

  test.each([
    ['kind: Pod\nspec:\n  name: {{ .Values.name }}\n', 3],
    ['kind: Pod\n{{- if .Values.labels }}\nlabels: a\n{{- end }}\n', 2],
    ['{{ if .Values.pod }}\nkind: Pod\n{{ end }}\n', 1],
    ['kind: Pod\nlist:\n  - {{ .Values.first }}\n', 3],
    ['kind: Pod\n{% if pod %}\nlabels: a\n{% endif %}\n', 2],
  ])('%j', (text, line) => {
    expect(errors(text)).toEqual([`${line}: ${advice}`]);
  });

  test('text in quotes and in blocks is none, whatever else is wrong', () => {
    const text = "kind: Pod\na: '{{ b }}'\nc: |\n  {{ d }}\ne: [\nf: g\n";
    expect(errors(text)).toEqual([expect.not.stringContaining('template')]);
  });
});

describe('a key that stands twice', () => {
  const repeated = (text: string) => readDocuments('f.yaml', text).objects.map((object) => object.repeated);

  test('keeps its last value, and is told with its line', () => {
    const text = '# first\n---\nkind: Pod\nlabels: {a: b}\nlabels:\n  a: c\n';
    expect(read(text).objects).toEqual([{ kind: 'Pod', labels: { a: 'c' } }]);
    expect(repeated(text)).toEqual([{ keys: [{ key: 'labels', equal: false }], line: 5 }]);
  });

  test('may have the same value', () => {
    expect(repeated('{"kind": "Pod", "spec": {"a": [1],\n"a": [1]}}')).toEqual([
      { keys: [{ key: 'a', equal: true }], line: 2 },
    ]);
  });

  test('is none in two maps, beside a merge, and in the document before', () => {
    const text = 'kind: Pod\na: {kind: x}\nb: &b {d: 1}\nc:\n  <<: *b\n  <<: *b\n  d: 2\n';
    expect(repeated(text)).toEqual([undefined]);
    expect(repeated(`kind: Pod\nkind: Pod\n---\n${text}`)).toEqual([expect.anything(), undefined]);
  });

  test('may be the name of something that every object has', () => {
    expect(repeated('kind: Pod\nconstructor: a\n__proto__: b\n')).toEqual([undefined]);
    expect(JSON.stringify(read('kind: Pod\n__proto__: {a: 1}\n').objects)).toBe(
      '[{"kind":"Pod","__proto__":{"a":1}}]',
    );
  });
});

describe('input that wants to be expensive', () => {
  const levels = (level: string) =>
    Array.from({ length: 30 }, (_, n) =>
      level.replaceAll('N', String(n + 1)).replaceAll('M', String(n)),
    ).join('');
  const expanding = 'has aliases that stand for more than 1000000 values. Write it without them';

  test.each([
    ['brackets', '['.repeat(100_000), 'is nested more than 500 levels deep'],
    ['braces', `{"kind": ${'{"a":'.repeat(50_000)}`, 'is nested more than 500 levels deep'],
    [
      'indentation',
      Array.from({ length: 5000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
      'is nested more than 500 levels deep',
    ],
    ['aliases of aliases', `kind: Pod\na0: &a0 [x, x]\n${levels('aN: &aN [*aM, *aM]\n')}`, expanding],
    [
      'too many values',
      `kind: Pod\na: [${'1,'.repeat(4_100_000)}]\n`,
      'has more than some 4000000 values. Give it in several documents',
    ],
    ['a list that holds itself', 'kind: Pod\na: &a [*a]\n', expanding],
  ])('%s', (_what, text, reason) => {
    expect(read(text).errors).toEqual([expect.objectContaining({ reason })]);
  });

  test('many aliases of little are fine, as in kubectl', () => {
    expect(errors(`kind: Pod\nb: &b v\nz: [${'*b, '.repeat(20_000)}]\n`)).toEqual([]);
  });

  test.each<[what: string, count: number, text: (count: number) => string]>([
    ['keys of a map', 5000, (count) => Array.from({ length: count }, (_, n) => `k${n}: v\n`).join('')],
    ['keys that stand twice', 2000, (count) => 'k: v\n'.repeat(count)],
    ['documents', 500, (count) => '---\nkind: Pod\n'.repeat(count)],
    ['empty documents', 2000, (count) => '---\n'.repeat(count)],
    ['JSON objects', 500, (count) => `---\n${'{"kind": "Pod"}'.repeat(count)}`],
    ['objects that are no JSON', 5000, (count) => `---\n{"kind": "Pod"}${'{a: b}'.repeat(count)}`],
    [
      'objects behind one that is no JSON',
      1000,
      (count) => `---\n{"a": "${'x'.repeat(20 * count)}"} x${'{}'.repeat(count)}`,
    ],
    ['lines at the indentation of their key', 1500, (count) => `a: "\n${'b\n'.repeat(count)}"\n`],
    ['quotes', 5000, (count) => `a: ${"'".repeat(count)}\n`],
    ['merges', 500, (count) => `a: &a {b: c, d: e}\nf:\n${'- <<: *a\n'.repeat(count)}`],
  ])('%s need time in proportion to their number', (_what, count, text) => {
    const readMany = (size: number) => readDocuments('f.yaml', `kind: Pod\n${text(size)}`);
    expect(growth(readMany, count)).toBeLessThan(linear);
  });
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

test('progress tells the lines before each document', () => {
  const steps: number[] = [];
  readDocuments('f.yaml', `${config('a')}---\n${config('b')}`, (lines) => steps.push(lines));
  expect(steps).toEqual([0, 2]);
});

describe('JSON objects that follow each other, which kubectl reads as documents', () => {
  const pod = (name: string) => JSON.stringify({ kind: 'Pod', metadata: { name, note: '}{ "\\' } }, null, 2);
  const names = (text: string) =>
    readDocuments('f.json', text).objects.map(({ value, line }) => ({
      name: (value as { readonly metadata: { readonly name: string } }).metadata.name,
      line,
    }));

  test('each is an object, with its line', () => {
    const text = `\n\n${pod('a')}\n${pod('b')}${pod('c')}\n\n---\n${pod('d')}\n`;
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
