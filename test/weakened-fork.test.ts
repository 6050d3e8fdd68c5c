import { execFile } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { typeScriptRunner } from '../scripts/typescript-runner';
import { cliEnvironment, createFork, edit } from './support/fork';

const forks: string[] = [];
afterAll(() => forks.forEach((fork) => rmSync(fork, { recursive: true, force: true })));

/** Synthesizes a changed fork, as npm run synth does. The rules themselves are tried in validation.test.ts. */
function synthesize(change: (fork: string) => void): Promise<unknown> {
  const fork = createFork();
  forks.push(fork);
  change(fork);
  return promisify(execFile)(process.execPath, [typeScriptRunner, 'bin/app.ts'], {
    cwd: fork,
    env: cliEnvironment(fork),
  });
}

test('a fork that weakens the stack is told so', async () => {
  const weakened = synthesize((fork) =>
    edit(fork, 'lib/encryption-key.ts', 'enableKeyRotation: true', 'enableKeyRotation: false'),
  );
  await expect(weakened).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('kms_key_rotation'),
  });
}, 60_000);

test('a rule that cannot be read is an error, and not the end of all checks', async () => {
  const misspelt = synthesize((fork) =>
    appendFileSync(path.join(fork, 'lib/guard-rules/network.guard'), '\nrule misspelt when { this }\n'),
  );
  await expect(misspelt).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      "the templates were not checked, because the validation engine refuses a rule of lib/guard-rules: Failed to parse Guard file 'network.guard'",
    ),
  });
}, 60_000);
