import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A kubeconfig: the URL of the API server of each context. */
export type Contexts = Readonly<Record<string, string>>;

/**
 * Makes a kubectl whose kubeconfig has some contexts. Its proxy answers every path with the arguments that it was
 * started with, and `/silent` not at all.
 *
 * @returns the environment in which commands find it.
 */
export function kubectlStandIn(contexts: Contexts, current = ''): Readonly<Record<string, string>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-'));
  const names = Object.keys(contexts);
  const kubeconfig = {
    'current-context': current,
    contexts: names.map((name) => ({ name, context: { cluster: `cluster of ${name}` } })),
    clusters: names.map((name) => ({ name: `cluster of ${name}`, cluster: { server: contexts[name] } })),
  };
  const program = path.join(folder, 'kubectl');
  writeFileSync(
    program,
    `#!${process.execPath}
const args = process.argv.slice(2);
if (args[0] === 'config') {
  console.log(${JSON.stringify(JSON.stringify(kubeconfig))});
} else {
  const socket = args.find((arg) => arg.startsWith('--unix-socket=')).slice('--unix-socket='.length);
  require('node:http').createServer(({ url }, answer) => {
    if (url !== '/silent') {
      answer.end(JSON.stringify(args));
    }
  }).listen(socket, () => console.log('Starting to serve'));
}
`,
  );
  chmodSync(program, 0o755);
  return { KUBEBUILDER_ASSETS: folder };
}
