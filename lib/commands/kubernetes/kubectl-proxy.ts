import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { CouldNotLook, firstLine } from '../could-not-look';
import { programProblem, type Variables } from '../program';
import { kubectlProblem, kubectlProgram } from './kubectl';
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
 * only this user can open, and forwards no request that changes anything (docs/decisions/aws-cli-and-kubectl.md).
 */
export class KubectlProxy implements KubernetesApi {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });
  private said = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    child.stderr?.on('data', (chunk: Buffer) => {
      this.said += chunk.toString();
    });
    for (const signal of endingSignals) {
      process.once(signal, this.die);
    }
  }

  /**
   * Starts it. Nothing is asked of the cluster yet.
   *
   * @throws CouldNotLook if kubectl is not there, or has no such context.
   */
  static async start({ args, env }: KubectlProxyOptions): Promise<KubectlProxy> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kubectl-'));
    const options = [`--unix-socket=${socketIn(folder)}`, '--reject-methods=^(POST|PUT|PATCH|DELETE)$'];
    const program = kubectlProgram(env);
    const child = spawn(program.name, ['proxy', ...options, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const proxy = new KubectlProxy(child, folder);
    const ended = new AbortController();
    try {
      // Its only line comes as soon as it listens.
      await Promise.race([
        once(child.stdout, 'data', ended),
        once(child, 'close', ended).then(() => {
          throw Object.assign(new Error('it ended'), { stderr: proxy.said });
        }),
      ]);
    } catch (error) {
      await proxy.stop();
      throw programProblem(program, error, kubectlProblem);
    } finally {
      ended.abort();
    }
    return proxy;
  }

  async get<T>(url: string, accept = 'application/json'): Promise<T> {
    const { status, body } = await this.ask(url, accept);
    if (status === 200) {
      return JSON.parse(body) as T;
    }
    const fromApi = body.startsWith('{');
    // What kubectl itself could not do, it answers as plain text. What its credential helper says is on standard error.
    const reason = fromApi
      ? ((JSON.parse(body) as { readonly message?: string }).message ?? '')
      : firstLine(body).replace(/(failed with exit code \d+) *$/u, `$1: ${helperMessage(this.said)}`);
    throw new CouldNotLook(
      `could not read ${pathOf(url)}: ${firstLine(reason) || `HTTP ${status}`}`,
      'Check with: kubectl cluster-info',
      fromApi ? String(status) : '',
    );
  }

  /** Ends kubectl. */
  async stop(): Promise<void> {
    for (const signal of endingSignals) {
      process.removeListener(signal, this.die);
    }
    this.agent.destroy();
    this.child.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private readonly die = (signal: NodeJS.Signals): void => {
    this.child.kill();
    process.kill(process.pid, signal);
  };

  private async ask(
    url: string,
    accept: string,
  ): Promise<{ readonly status: number; readonly body: string }> {
    try {
      const pending = request({
        socketPath: socketIn(this.folder),
        path: url,
        headers: { host: 'localhost', accept },
        agent: this.agent,
        signal: AbortSignal.timeout(requestTimeoutMs),
      });
      pending.end();
      const [response] = (await once(pending, 'response')) as [IncomingMessage];
      return { status: response.statusCode ?? 0, body: await text(response) };
    } catch (error) {
      const why = (error as Error).name === 'AbortError' ? 'timed out' : (error as Error).message;
      throw new CouldNotLook(`could not read ${pathOf(url)}: ${why}`, 'Check with: kubectl cluster-info');
    }
  }
}

function socketIn(folder: string): string {
  return path.join(folder, 'api.sock');
}

function pathOf(url: string): string {
  return url.replace(/\?.*/u, '');
}

/** The last line on standard error that is not of kubectl's own log, such as `E1124 22:49:36.798208 …`. */
function helperMessage(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !/^[EIWF]\d{4} /u.test(line));
  return lines.at(-1) ?? '';
}
