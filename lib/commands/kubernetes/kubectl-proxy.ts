import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Variables } from '../program';
import { BackgroundProgram } from './background-program';

export interface KubectlProxyProps {
  /** kubectl, found in PATH where it has no folder. */
  readonly file: string;
  /** Options that choose the cluster, for example `--context=checkout`. */
  readonly clusterArgs: readonly string[];
  /** Whether kubectl refuses every request that changes something. */
  readonly readOnly: boolean;
  /**
   * Environment variables of kubectl.
   *
   * @default - those of this process
   */
  readonly env?: Variables;
  readonly signal?: AbortSignal;
}

/** What the API server answers, or kubectl for it. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** What a `Status` of the API server says; undefined where kubectl itself had no way to ask, and says so in plain text. */
  readonly statusMessage: string | undefined;
}

export interface Content {
  /** Sent as JSON. */
  readonly body?: object;
  readonly headers?: OutgoingHttpHeaders;
  /** After this time without an answer the request ends, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

/**
 * A cluster behind `kubectl proxy`: kubeconfig, credentials and TLS are kubectl's. It listens on a socket file in a
 * folder that only this user may enter (docs/decisions/aws-cli-and-kubectl.md).
 */
export class KubectlProxy {
  private constructor(
    private readonly program: BackgroundProgram,
    private readonly folder: string,
  ) {}

  /**
   * Starts it. Nothing is asked of the cluster yet.
   *
   * @throws CouldNotLook with the last words of kubectl, if it does not start.
   */
  static async start({ file, clusterArgs, readOnly, env, signal }: KubectlProxyProps): Promise<KubectlProxy> {
    const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-'));
    const reject = readOnly ? ['--reject-methods=^(POST|PUT|PATCH|DELETE)$'] : [];
    const args = [...clusterArgs, 'proxy', `--unix-socket=${socketIn(folder)}`, ...reject];
    const proxy = new KubectlProxy(new BackgroundProgram(file, args, env), folder);
    try {
      await proxy.program.untilReady(() => isListening(socketIn(folder)), { timeoutMs: 30_000, signal });
    } catch (error) {
      await proxy.stop();
      throw error;
    }
    return proxy;
  }

  /**
   * Sends a request.
   *
   * @param url its path and query, for example `/api/v1/nodes?limit=500`.
   * @throws Error where there is no answer.
   */
  async send(method: string, url: string, { body, headers, timeoutMs, signal }: Content): Promise<Answer> {
    const content = body === undefined ? '' : JSON.stringify(body);
    const sent = request({
      socketPath: socketIn(this.folder),
      path: url,
      method,
      headers: {
        'content-type': 'application/json',
        // Node.js frames no content of a DELETE by itself.
        'content-length': Buffer.byteLength(content),
        ...headers,
      },
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]),
    });
    sent.end(content);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const { statusCode: status = 0 } = response;
    const answer = await text(response);
    return { status, body: answer, statusMessage: status >= 300 ? messageIn(answer) : undefined };
  }

  /** What kubectl, or its credential helper, wrote last to standard error. */
  get lastWords(): string {
    return this.program.lastLine;
  }

  /** Ends kubectl. */
  async stop(): Promise<void> {
    await this.program.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The file alone is no answer: it is there a little earlier. */
async function isListening(socketPath: string): Promise<boolean> {
  const socket = connect(socketPath);
  await once(socket, 'connect');
  socket.destroy();
  return true;
}

function socketIn(folder: string): string {
  return path.join(folder, 'api.sock');
}

function messageIn(answer: string): string | undefined {
  try {
    return (JSON.parse(answer) as { readonly message?: string }).message;
  } catch {
    return undefined;
  }
}
