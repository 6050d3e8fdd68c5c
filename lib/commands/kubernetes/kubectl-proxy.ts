import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { CouldNotLook, firstLine } from '../could-not-look';
import { kubectlProblem, kubectlProgram, type Variables } from './kubectl';
import type { KubernetesApi } from './kubernetes-api';

/** Somebody waits for the answer, and a private endpoint gives none at all. In milliseconds. */
const requestTimeoutMs = 10_000;
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface KubectlProxyOptions {
  /** Arguments by which kubectl finds the cluster, for example `--context=checkout` or `--kubeconfig=FILE`. */
  readonly args: readonly string[];
  readonly env: Variables;
}

/**
 * Reads a cluster through `kubectl proxy`: kubeconfig, credentials and TLS are kubectl's. It listens on a socket that
 * only this user can open, and forwards no request that changes anything (docs/decisions/kubectl-as-client.md).
 */
export class KubectlProxy implements KubernetesApi {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /**
   * Starts it. Nothing is asked of the cluster yet.
   *
   * @throws CouldNotLook if kubectl is not there, or has no such context.
   */
  static async start({ args, env }: KubectlProxyOptions): Promise<KubectlProxy> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kubectl-'));
    const child = spawn(
      kubectlProgram(env),
      ['proxy', `--unix-socket=${socketIn(folder)}`, '--reject-methods=^(POST|PUT|PATCH|DELETE)$', ...args],
      { env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const proxy = new KubectlProxy(child, folder);
    for (const signal of endingSignals) {
      process.once(signal, proxy.die);
    }
    try {
      const failed = text(child.stderr).then((stderr) => {
        throw Object.assign(new Error('it ended'), { stderr });
      });
      // Its only line, as soon as it listens.
      await Promise.race([once(child.stdout, 'data'), failed, once(child, 'exit').then(() => failed)]);
      failed.catch(() => {});
    } catch (error) {
      await proxy.stop();
      throw kubectlProblem(error);
    }
    return proxy;
  }

  async get<T>(url: string, accept = 'application/json'): Promise<T> {
    const answer = await this.ask(url, accept);
    if (answer.status === 200) {
      return JSON.parse(answer.body) as T;
    }
    throw new CouldNotLook(
      `could not read ${url.replace(/\?.*/u, '')}: ${firstLine(messageOf(answer.body))}`,
      'Check with: kubectl cluster-info',
      // What kubectl itself could not do, it answers with status 500 and a plain text.
      answer.body.startsWith('{') ? String(answer.status) : '',
    );
  }

  /** Ends kubectl. */
  async stop(): Promise<void> {
    for (const signal of endingSignals) {
      process.removeListener(signal, this.die);
    }
    this.agent.destroy();
    this.process.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private readonly die = (signal: NodeJS.Signals): void => {
    this.process.kill();
    process.kill(process.pid, signal);
  };

  private async ask(
    url: string,
    accept: string,
  ): Promise<{ readonly status?: number; readonly body: string }> {
    const { agent } = this;
    return new Promise((resolve, reject) => {
      request({
        socketPath: socketIn(this.folder),
        path: url,
        headers: { host: 'localhost', accept },
        agent,
        signal: AbortSignal.timeout(requestTimeoutMs),
      })
        .on('response', (response) => {
          text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
        })
        .on('error', reject)
        .end();
    }).catch((error: Error) => {
      throw new CouldNotLook(
        `no answer to ${url.replace(/\?.*/u, '')} (${error.name === 'TimeoutError' || error.name === 'AbortError' ? 'timed out' : error.message})`,
        'Check with: kubectl cluster-info',
      );
    }) as Promise<{ readonly status?: number; readonly body: string }>;
  }
}

function socketIn(folder: string): string {
  return path.join(folder, 'api.sock');
}

/** The words of an answer that is an error: those of a Kubernetes `Status`, or the whole text. */
function messageOf(body: string): string {
  try {
    return (JSON.parse(body) as { readonly message?: string }).message ?? body;
  } catch {
    return body;
  }
}
