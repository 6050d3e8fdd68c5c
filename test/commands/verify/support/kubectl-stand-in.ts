import type * as Fs from 'node:fs';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type * as Http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the stand-in does. */
export interface KubectlScript {
  /** What `kubectl config view` prints; undefined to fail with the words. */
  readonly config?: object;
  readonly words?: string;
  /** Whether the socket is there for a while before somebody listens on it, as on a busy machine. */
  readonly late?: boolean;
  /** Status and body by path, `*` for any, or status 0 for no answer: it leaves a file `silent` instead. A body that is no object is the plain text of kubectl itself. */
  readonly answers?: Readonly<Record<string, { readonly status: number; readonly body: unknown }>>;
}

/** A program that is called kubectl, in a folder of its own. */
export class KubectlStandIn {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'kubectl-stand-in-'));
  /** The variables with which a command finds it. */
  readonly env = { PATH: process.env['PATH'], KUBEBUILDER_ASSETS: this.folder };

  constructor(script: KubectlScript) {
    this.write('script.json', JSON.stringify(script));
    this.addProgram('kubectl', `(${program.toString()})(require, process)`);
  }

  /** Adds another program to the folder. */
  addProgram(name: string, code: string): void {
    this.write(name, `#!${process.execPath}\n${code}\n`, 0o755);
  }

  /** The arguments of every call. */
  get calls(): readonly (readonly string[])[] {
    return readFileSync(path.join(this.folder, 'calls'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as readonly string[]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private write(name: string, content: string, mode = 0o644): void {
    writeFileSync(path.join(this.folder, name), content, { mode });
  }
}

/** The stand-in itself: it runs in a process of its own, so it may use nothing from here. */
function program(load: NodeJS.Require, own: NodeJS.Process): void {
  const fs = load('node:fs') as typeof Fs;
  const http = load('node:http') as typeof Http;
  const script = JSON.parse(fs.readFileSync(`${__dirname}/script.json`, 'utf8')) as KubectlScript;
  const args = own.argv.slice(2);
  fs.appendFileSync(`${__dirname}/calls`, `${JSON.stringify(args)}\n`);
  if (script.words !== undefined) {
    own.stderr.write(`${script.words}\n`);
  }
  if (args.includes('config')) {
    own.stdout.write(JSON.stringify(script.config ?? {}));
    own.exitCode = script.config ? 0 : 1;
    return;
  }
  const socket = args.find((arg) => arg.startsWith('--unix-socket='))?.slice('--unix-socket='.length);
  const server = http.createServer((asked, answer) => {
    const { pathname } = new URL(asked.url ?? '', 'http://api');
    const { status = 404, body = {} } = script.answers?.[pathname] ?? script.answers?.['*'] ?? {};
    if (status === 0) {
      fs.writeFileSync(`${__dirname}/silent`, '');
      return;
    }
    answer.statusCode = status;
    answer.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  if (script.late) {
    fs.writeFileSync(socket!, '');
  }
  setTimeout(
    () => {
      fs.rmSync(socket!, { force: true });
      server.listen(socket);
    },
    script.late ? 300 : 0,
  );
}
