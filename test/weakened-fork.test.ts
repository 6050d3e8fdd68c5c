import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { typeScriptRunner } from '../scripts/typescript-runner';
import { cliEnvironment, createFork, edit } from './support/fork';

const fork = createFork();
afterAll(() => rmSync(fork, { recursive: true, force: true }));

/** The rules themselves are tried in validation.test.ts. That the app runs them, only the app can show. */
test('a fork that weakens the stack is told so by npm run synth', async () => {
  edit(fork, 'lib/encryption-key.ts', 'enableKeyRotation: true', 'enableKeyRotation: false');
  await expect(
    promisify(execFile)(process.execPath, [typeScriptRunner, 'bin/app.ts'], {
      cwd: fork,
      env: cliEnvironment(fork),
    }),
  ).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('kms_key_rotation') });
}, 60_000);
