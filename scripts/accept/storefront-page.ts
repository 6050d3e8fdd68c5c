import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { typeScriptRunner } from '../typescript-runner';

/** What `npm run preflight` prints of the storefront, as its page shows it. */
export function storefrontPreflight(root: string): string {
  const { stdout } = spawnSync(
    process.execPath,
    [
      typeScriptRunner,
      path.join(root, 'bin/preflight.ts'),
      '--app',
      path.join(root, 'examples/storefront/app.ts'),
      // Whatever region the shell names.
      '--region',
      'us-west-2',
    ],
    { encoding: 'utf8' },
  );
  return `\`\`\`text\n${stdout.trimEnd()}\n\`\`\``;
}
