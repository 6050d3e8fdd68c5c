import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..');

/**
 * The program that runs a file of TypeScript, with Node.js: the one that cdk.json starts the app with. For the
 * benchmark and the tests, which start commands without npm.
 */
export const typeScriptRunner = path.join(root, readRunner());

function readRunner(): string {
  const { app } = JSON.parse(readFileSync(path.join(root, 'cdk.json'), 'utf8')) as { readonly app: string };
  const runner = /^node (\S+) bin\/app\.ts$/.exec(app)?.[1];
  if (runner === undefined) {
    throw new Error(`cdk.json starts the app with "${app}", and not with "node RUNNER bin/app.ts"`);
  }
  return runner;
}
