/** kubectl is the judge of what a document says: both read the same documents, and random scalars. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { splitJsonObjects } from '../../../lib/commands/preflight/json-stream';
import { readDocuments } from '../../../lib/commands/preflight/read-documents';
import { kubectlDocuments } from './support/kubectl-documents';

const head = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const object = (name: string, fields: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  ...fields,
});

/** The object of a document; undefined where it cannot be read. */
function ours(text: string): unknown {
  const { objects, errors } = readDocuments('a.yaml', text);
  return errors.length === 0 && objects.length === 1 ? objects[0]!.value : undefined;
}

test.each(kubectlDocuments)('%j', (text, fields) => {
  expect(ours(head('a') + text)).toEqual(fields && object('a', fields));
});

const program = [process.env['KUBEBUILDER_ASSETS'], ...(process.env['PATH'] ?? '').split(path.delimiter)]
  .filter((folder) => folder !== undefined && folder !== '')
  .map((folder) => path.join(folder!, 'kubectl'))
  .find((file) => existsSync(file));
if (program === undefined) {
  console.log('kubectl is neither in KUBEBUILDER_ASSETS nor in PATH: not compared with it');
}

(program === undefined ? describe.skip : describe)('kubectl itself', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The objects of documents by name, without those that cannot be read. Needs no cluster. */
  function theirs(documents: readonly string[]): ReadonlyMap<string, unknown> {
    documents.forEach((text, index) => writeFileSync(path.join(folder, `${index}.yaml`), text));
    const { stdout } = spawnSync(
      program!,
      ['label', '--local', '--filename', folder, '--output', 'json', 'a=b'],
      { encoding: 'utf8', env: { KUBECONFIG: path.join(folder, 'none') }, maxBuffer: 2 ** 26 },
    );
    return new Map(
      splitJsonObjects(stdout)
        .map((text) => JSON.parse(text) as { readonly metadata: { readonly name: string } })
        .map(({ metadata: { name }, ...fields }) => [name, object(name, fields)]),
    );
  }

  test('reads the documents so', () => {
    const read = theirs(kubectlDocuments.map(([text], index) => head(`a${index}`) + text));
    expect(kubectlDocuments.map(([text], index) => [text, read.get(`a${index}`)])).toEqual(
      kubectlDocuments.map(([text, fields], index) => [text, fields && object(`a${index}`, fields)]),
    );
  });

  test('reads scalars as we do', () => {
    const scalar = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789._+-eExobOXB_nfyYTrueNo:')),
      minLength: 1,
    });
    const scalars = fc
      .sample(scalar, { numRuns: 2000, seed: 1 })
      // JSON has no infinity, a colon at the end makes a map, and a dash alone a list.
      .filter((text) => !/^[-+]?\.(inf|nan)$|:$|^-$/iu.test(text));
    const text = `${head('scalars')}list:\n${scalars.map((each) => `- ${each}\n`).join('')}`;
    expect(ours(text)).toEqual(theirs([text]).get('scalars'));
    expect(ours(text)).toHaveProperty('list.length', scalars.length);
  });
});
