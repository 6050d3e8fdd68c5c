/** Machines that read the report have to know what is not in it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMain } from './support/run-main';

const directory = mkdtempSync(path.join(tmpdir(), 'preflight-unreadable-'));
const file = path.join(directory, 'half.yaml');
writeFileSync(
  file,
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\nkind: ConfigMap\na: *nowhere\n',
);

afterAll(() => rmSync(directory, { recursive: true }));

test('JSON says what could not be read, and on which line', async () => {
  const missing = path.join(directory, 'missing.yaml');
  const { status, stdout } = await runMain(['-f', file, '-f', missing, '--format', 'json']);
  expect(JSON.parse(stdout).unreadable).toEqual([
    { file, line: 6, message: 'unidentified alias "nowhere"' },
    { file: missing, line: null, message: 'no such file' },
  ]);
  expect(status).toBe(2);
});
