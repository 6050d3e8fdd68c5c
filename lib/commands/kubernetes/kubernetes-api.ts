import { CouldNotLook } from '../could-not-look';

/** Reads from the API server of one cluster. Answers are as the API has them: JSON, with times as texts. */
export interface KubernetesApi {
  /**
   * One object, or any other document.
   *
   * @param path for example `/api/v1/nodes/ip-10-0-0-1`.
   * @param accept the wanted form, as the API's content negotiation has it; JSON by default.
   * @throws CouldNotLook with the HTTP status as its code, where there was an answer.
   */
  get<T>(path: string, accept?: string): Promise<T>;
}

/**
 * An object; undefined where there is none.
 *
 * @throws CouldNotLook as {@link KubernetesApi.get}.
 */
export async function findObject<T>(api: KubernetesApi, path: string): Promise<T | undefined> {
  try {
    return await api.get<T>(path);
  } catch (error) {
    if (error instanceof CouldNotLook && error.code === '404') {
      return undefined;
    }
    throw error;
  }
}

/** Objects in one answer of the API server: the size that kubectl asks for. */
const pageSize = 500;

interface Page<T> {
  readonly items?: readonly T[];
  readonly metadata?: { readonly continue?: string };
}

/**
 * Every object of a list, page by page.
 *
 * @param path for example `/apis/apps/v1/namespaces/checkout/deployments`.
 * @throws CouldNotLook as {@link KubernetesApi.get}.
 */
export async function listAll<T>(api: KubernetesApi, path: string, accept?: string): Promise<readonly T[]> {
  const items: T[] = [];
  let next = '';
  do {
    const page: Page<T> = await api.get(
      `${path}?limit=${pageSize}${next === '' ? '' : `&continue=${encodeURIComponent(next)}`}`,
      accept,
    );
    items.push(...(page.items ?? []));
    next = page.metadata?.continue ?? '';
  } while (next !== '');
  return items;
}
