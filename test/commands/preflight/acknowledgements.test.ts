/** Findings that a file accepts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMain } from './support/run-main';

const folder = mkdtempSync(path.join(tmpdir(), 'preflight-acknowledgements-'));
const manifest = path.join(folder, 'pod.yaml');
const list = path.join(folder, 'accepted.yaml');
writeFileSync(
  manifest,
  'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {hostNetwork: true, containers: [{name: c}]}\n',
);
afterAll(() => rmSync(folder, { recursive: true }));

function check(accepted: string) {
  writeFileSync(list, accepted);
  return runMain(['-f', manifest, '--profile', 'all:*', '--acknowledgements', list]);
}

test('an accepted error is shown with its reason, and counts as no error', async () => {
  const { status, stdout } = await check(
    '- {rule: host-network, object: Pod default/p, reason: runs on EC2}\n',
  );
  expect(stdout).toMatch(/\nacknowledged error {2}Pod default\/p: [^\n]* \[host-network: runs on EC2\]\n/u);
  expect(stdout).toMatch(/\n0 errors, 0 warnings, 1 acknowledged\n$/u);
  expect(status).toBe(0);
});

test('one that accepts nothing any more is reported', async () => {
  const { status, stdout } = await check(
    '[{"rule": "host-pid", "object": "Pod default/p", "reason": "was so"}]',
  );
  expect(stdout).toContain('\nwarning  Pod default/p: host-pid is acknowledged, and finds nothing there.');
  expect(stdout).toMatch(/\n1 error, 1 warning\n$/u);
  expect(status).toBe(1);
});

test('Markdown and JSON have the reason', async () => {
  const accepted = '- {rule: host-network, object: Pod default/p, reason: on *EC2*}\n';
  writeFileSync(list, accepted);
  const argv = ['-f', manifest, '--profile', 'all:*', '--acknowledgements', list, '--format'];
  expect((await runMain([...argv, 'markdown'])).stdout).toMatch(
    /\n- acknowledged error \[host-network\]\(https:[^)]+\) in [^\n]* \(on \\\*EC2\\\*\)\n/u,
  );
  expect(JSON.parse((await runMain([...argv, 'json'])).stdout)).toMatchObject({
    findings: [{ rule: 'host-network', acknowledged: 'on *EC2*' }],
  });
});

test.each([
  ['a: b\n', ': write a list, each entry with rule, object, reason'],
  ['[\n', ': unexpected end of the stream within a flow collection'],
  ['- {rule: host-pid, object: Pod default/p, reason: ""}\n', ', entry 1: reason is missing, or no text'],
  ['- {rule: host-pid, object: Pod default/p, reason: 5}\n', ', entry 1: reason is missing, or no text'],
  ['- text\n', ', entry 1: write a map with rule, object, reason'],
  [
    '- {rule: host-netwrk, object: Pod default/p, reasons: r}\n',
    `, entry 1: reason is missing, or no text
LIST, entry 1: unknown key "reasons": the keys are rule, object, reason
LIST, entry 1: unknown rule "host-netwrk": did you mean host-network?`,
  ],
])('%j is refused', async (accepted, message) => {
  const { status, stdout, stderr } = await check(accepted);
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: `LIST${message}\n`.replaceAll('LIST', list),
  });
});

test('a file that is not there is a mistake', async () => {
  const { status, stderr } = await runMain(['-f', manifest, '--acknowledgements', path.join(folder, 'none')]);
  expect(stderr).toContain('ENOENT');
  expect(status).toBe(2);
});
