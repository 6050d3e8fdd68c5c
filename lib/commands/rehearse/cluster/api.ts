import { request, type OutgoingHttpHeaders } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { CouldNotLook, firstLine } from '../../could-not-look';
import type { KubernetesApi } from '../../kubernetes/kubernetes-api';
import { BackgroundProgram } from './background-program';
import type { Kubectl } from './kubectl';

/** Someone waits for the answer. */
const requestTimeoutMs = 30_000;

/** Content types of a patch. */
const patchTypes = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

/** A request that the API server refused. */
export class ApiError extends CouldNotLook {
  constructor(
    what: string,
    answer: string,
    /** HTTP status. */
    readonly status: number,
  ) {
    super(
      `the API server refused ${what}: ${firstLine(answer)}`,
      'Check with: kubectl cluster-info',
      String(status),
    );
  }
}

/** A list as the API server answers it; the items carry no kind. */
export interface ListOf<T> {
  readonly items: readonly T[];
}

/**
 * The API of a cluster, through `kubectl proxy`: whichever way a kubeconfig authenticates, kubectl knows it. The proxy
 * listens on a socket file that only this user may open.
 */
export class Api implements KubernetesApi {
  private constructor(
    private readonly proxy: BackgroundProgram,
    private readonly socket: string,
  ) {}

  /**
   * Connects to the cluster of a kubectl.
   *
   * @param folder for the socket; only this user may read it.
   * @throws CouldNotLook if the API server does not answer.
   */
  static async connect(kubectl: Kubectl, folder: string, signal?: AbortSignal): Promise<Api> {
    const socket = path.join(folder, 'api.sock');
    const proxy = new BackgroundProgram(kubectl.file, [
      ...kubectl.clusterArgs,
      'proxy',
      `--unix-socket=${socket}`,
    ]);
    const api = new Api(proxy, socket);
    try {
      await proxy.untilReady(async () => (await api.get('/version')) !== undefined, {
        timeoutMs: 30_000,
        signal,
      });
    } catch (error) {
      await proxy.stop();
      throw error;
    }
    return api;
  }

  /** Ends the connection. */
  close(): Promise<void> {
    return this.proxy.stop();
  }

  /**
   * Reads what is at a path.
   *
   * @throws ApiError
   */
  get<T>(at: string, accept?: string): Promise<T> {
    return this.send('GET', at, undefined, { ...(accept !== undefined && { accept }) });
  }

  /**
   * Reads what is at a path.
   *
   * @returns undefined if nothing is there.
   * @throws ApiError for any other refusal.
   */
  async find<T>(at: string): Promise<T | undefined> {
    return ifFound(this.get<T>(at));
  }

  /** @throws ApiError */
  create<T = unknown>(at: string, body: object): Promise<T> {
    return this.send('POST', at, body);
  }

  /** @throws ApiError */
  patch(at: string, body: object, type: keyof typeof patchTypes = 'merge'): Promise<unknown> {
    return this.send('PATCH', at, body, { 'content-type': patchTypes[type] });
  }

  /**
   * Deletes what is at a path, if it is there.
   *
   * @throws ApiError
   */
  async delete(at: string, options: object = {}): Promise<void> {
    await ifFound(this.send('DELETE', at, options));
  }

  private async send<T>(
    method: string,
    at: string,
    body?: object,
    headers: OutgoingHttpHeaders = {},
  ): Promise<T> {
    const content = body === undefined ? '' : JSON.stringify(body);
    const answer = await new Promise<{ readonly status: number; readonly body: string }>(
      (resolve, reject) => {
        const sent = request(
          {
            socketPath: this.socket,
            path: at,
            method,
            headers: {
              'content-type': 'application/json',
              // Node.js frames no content of a DELETE by itself.
              'content-length': Buffer.byteLength(content),
              ...headers,
            },
            signal: AbortSignal.timeout(requestTimeoutMs),
          },
          (response) => {
            text(response).then((read) => resolve({ status: response.statusCode ?? 0, body: read }), reject);
          },
        );
        sent.on('error', reject).end(content);
      },
    );
    if (answer.status >= 300) {
      throw new ApiError(`${method} ${at}`, messageOf(answer.body), answer.status);
    }
    // What is at a path, the caller knows.
    return JSON.parse(answer.body) as T;
  }
}

async function ifFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** The words of the API server: a Status object, or plain text from the proxy. */
function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body) as { readonly message?: string };
    return message ?? body;
  } catch {
    return body.trim();
  }
}
