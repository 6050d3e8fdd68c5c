/** Nothing is known, and one line says why and what to do about it. Ends the command with exit status 2. */
export class CouldNotLook extends Error {
  override readonly name = 'CouldNotLook';

  /**
   * @param what what failed, with the name or value it failed for
   * @param remedy what the user can do
   * @param code the error code of the service that said so, if one did
   */
  constructor(
    what: string,
    remedy: string,
    readonly code = '',
  ) {
    super(`${what}. ${remedy}.`.replaceAll(/\s+/g, ' '));
  }
}

/** The first line that says something: messages of SDKs and of credential helpers run over several. */
export function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.trim().replace(/\.$/, '');
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
]);
const unresolved = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENODATA']);
const timedOut = new Set(['TimeoutError', 'AbortError']);

/** Why there was no answer at all: `timed out`, a code such as `ECONNREFUSED`, or `null` for any other failure. */
export function networkFailure(
  error: unknown,
): { readonly kind: 'name' | 'route'; readonly why: string } | null {
  const { code, name } = errorFields(error);
  if (unresolved.has(code)) {
    return { kind: 'name', why: code };
  }
  if (unreachable.has(code)) {
    return { kind: 'route', why: code };
  }
  return timedOut.has(name) ? { kind: 'route', why: 'timed out' } : null;
}

/** The fields by which errors of Node.js, the AWS SDK and the Kubernetes client are told apart; '' where absent. */
export function errorFields(error: unknown): {
  readonly name: string;
  readonly code: string;
  readonly message: string;
} {
  const { name, code, message } = (typeof error === 'object' && error !== null ? error : {}) as Record<
    string,
    unknown
  >;
  return { name: String(name ?? ''), code: String(code ?? ''), message: String(message ?? error) };
}
