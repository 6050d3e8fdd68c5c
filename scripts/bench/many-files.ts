import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { manyPods } from './many-pods';

/** Files with the manifests of an app, and files with large CustomResourceDefinitions: some 52 MB together. */
const apps = 1720;
const definitions = 60;
const definitionBytes = 700_000;

/**
 * Writes a tree of manifests as public repositories have them: many small files, and most of the text in a few large ones.
 *
 * @returns the folder.
 */
export function writeManyFiles(scratch: string): string {
  const folder = path.join(scratch, 'tree');
  const write = (name: string, text: string): void => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (let index = 0; index < apps; index += 1) {
    write(`app-${index % 40}/${index}.yaml`, manyPods(1, index));
  }
  for (let index = 0; index < definitions; index += 1) {
    const one = definition(index);
    const copies = Math.ceil(definitionBytes / one.length);
    write(
      `crds/${index}.yaml`,
      Array.from({ length: copies }, (_, copy) => one.replaceAll('COPY', String(copy))).join(''),
    );
  }
  return folder;
}

function definition(index: number): string {
  return `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things-COPY.group-${index}.example.com
spec:
  group: group-${index}.example.com
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
${properties(12, 3)}`;
}

/** Properties of objects in objects, each with a description of three lines. */
function properties(indent: number, levels: number): string {
  const blanks = ' '.repeat(indent);
  return Array.from(
    { length: 4 },
    (_, field) => `${blanks}field${levels}${field}:
${blanks}  description: |-
${`${blanks}    What this field is for, in the words of somebody who knows it well: https://example.com\n`.repeat(3)}${
      levels === 0
        ? `${blanks}  type: string\n`
        : `${blanks}  type: object\n${blanks}  properties:\n${properties(indent + 4, levels - 1)}`
    }`,
  ).join('');
}
