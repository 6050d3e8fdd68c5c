import { cpSync, mkdtempSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { platform } from './environments';
import { root } from './pages';

/**
 * A fork in a temporary folder, which the caller removes: what a clone holds of the app, with the packages installed here.
 * Its default environment has the settings of the tests, whatever this repository sets.
 */
export function createFork(): string {
  const fork = mkdtempSync(path.join(tmpdir(), 'fork-'));
  for (const name of ['bin', 'charts', 'lib', 'cdk.json', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(root, name), path.join(fork, name), { recursive: true });
  }
  renameSync(path.join(fork, environmentsFile), path.join(fork, 'lib/config/own-environments.ts'));
  writeFileSync(path.join(fork, environmentsFile), ownEnvironments());
  symlinkSync(path.join(root, 'node_modules'), path.join(fork, 'node_modules'));
  return fork;
}

const environmentsFile = 'lib/config/environments.ts';

function ownEnvironments(): string {
  // Not JSON, which has no undefined: a setting that this repository sets is to be absent.
  const settings = Object.entries({ ...platform, stackName: 'CheckoutStack' })
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(', ');
  return `import * as own from './own-environments';
export * from './own-environments';
const values = { ...own.environments[own.defaultEnvironment], ${settings} };
export const environments = { ...own.environments, [own.defaultEnvironment]: values };
`;
}
