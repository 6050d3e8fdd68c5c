import type { OutgoingHttpHeaders } from 'node:http';
import { CouldNotLook, firstLine } from '../../could-not-look';
import { KubectlProxy } from '../../kubernetes/kubectl-proxy';
import type { KubernetesApi } from '../../kubernetes/kubernetes-api';
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

/** The API of a cluster, for reading and writing. */
export class Api implements KubernetesApi {
  private constructor(private readonly proxy: KubectlProxy) {}

  /**
   * Connects to the cluster of a kubectl.
   *
   * @throws CouldNotLook if the API server does not answer.
   */
  static async connect({ file, clusterArgs, env }: Kubectl, signal?: AbortSignal): Promise<Api> {
    const api = new Api(await KubectlProxy.start({ file, clusterArgs, readOnly: false, env, signal }));
    try {
      await api.get('/version');
    } catch (error) {
      await api.close();
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
    const answer = await this.proxy
      .send(method, at, { body, headers, timeoutMs: requestTimeoutMs })
      .catch((error: Error) => {
        throw new CouldNotLook(
          `no answer to ${method} ${at}: ${error.message}`,
          'Check with: kubectl cluster-info',
        );
      });
    if (answer.status >= 300) {
      throw new ApiError(`${method} ${at}`, answer.statusMessage ?? answer.body, answer.status);
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
