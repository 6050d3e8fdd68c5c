import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './pages';

/** A fork in a temporary folder, which the caller removes: what a clone holds of the app, with the packages installed here. */
export function createFork(): string {
  const fork = mkdtempSync(path.join(tmpdir(), 'fork-'));
  for (const name of ['bin', 'charts', 'lib', 'cdk.json', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(root, name), path.join(fork, name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(fork, 'node_modules'));
  return fork;
}

/**
 * Replaces text in a file of a fork.
 *
 * @throws if the text is not there: the test would try the fork unchanged.
 */
export function edit(fork: string, file: string, text: string, by: string): void {
  const name = path.join(fork, file);
  const before = readFileSync(name, 'utf8');
  if (!before.includes(text)) {
    throw new Error(`${file} no longer holds ${text}`);
  }
  writeFileSync(name, before.replace(text, by));
}

/** The environment in which the CDK CLI runs the app of a fork. */
export function cliEnvironment(fork: string): NodeJS.ProcessEnv {
  const { context } = JSON.parse(readFileSync(path.join(fork, 'cdk.json'), 'utf8'));
  return {
    ...process.env,
    CDK_OUTDIR: path.join(fork, 'cdk.out'),
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:disable-asset-staging': true }),
  };
}
