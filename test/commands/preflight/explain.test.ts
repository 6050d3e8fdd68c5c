import { existsSync } from 'node:fs';
import path from 'node:path';
import { explain, ruleIds } from '../../../lib/commands/preflight/explain';
import { root } from '../../support/pages';
import { runMain } from './support/run-main';

test('says why, the page that says so, and the file of the code', async () => {
  const { status, stdout } = await runMain(['--explain', 'host-network']);
  expect(stdout).toMatch(
    /^host-network \(error\)\n\n[^\n]+\n\nSource: https:\/\/docs\.aws\.amazon\.com\/[^\n]+\nCode: {3}lib\/fargate\/rules\/host\.ts\n$/u,
  );
  expect(status).toBe(0);
});

test.each(['repeated-key', 'kubernetes-support', 'acknowledged-nothing', 'profile-count', 'wrong-type'])(
  '%s is a rule too',
  (id) => {
    expect(ruleIds).toContain(id);
  },
);

test.each(ruleIds)('%s names a file that is there, in lines that fit', (id) => {
  const lines = explain(id).split('\n');
  expect(existsSync(path.join(root, lines.at(-1)!.replace('Code:   ', '')))).toBe(true);
  expect(lines.filter((line) => line.length > 100 && !line.startsWith('Source'))).toEqual([]);
});

test.each([
  ['host-netwrk', 'unknown rule "host-netwrk": did you mean host-network?\n'],
  ['anything', 'unknown rule "anything": docs/rules.md lists them\n'],
])('%s is no rule', async (id, stderr) => {
  expect(await runMain(['--explain', id])).toEqual({ status: 2, stdout: '', stderr });
});
