import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Variable that tells tear-down.ts what to remove. */
export const temporaryFiles = 'CHECKOUT_TEST_FILES';

/**
 * Gives all tests the same environment: without the variables of AWS and the CDK, which would lead to an account, without
 * CDK's validation, which costs seconds in each app, and with one folder for temporary files, which tear-down.ts removes:
 * CDK makes a folder for each app, and removes it when the process ends, of which it does not learn inside Jest.
 */
export default function setUp(): void {
  for (const name of Object.keys(process.env).filter((key) => /^(AWS|CDK)_/.test(key))) {
    delete process.env[name];
  }
  process.env['CDK_VALIDATION'] = 'false';
  const folder = mkdtempSync(path.join(tmpdir(), 'eks-fargate-checkout-'));
  // The last two are for Windows.
  for (const name of [temporaryFiles, 'TMPDIR', 'TEMP', 'TMP']) {
    process.env[name] = folder;
  }
}
