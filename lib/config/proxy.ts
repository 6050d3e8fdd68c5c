import { quote } from '../wording';
import type { Reading } from './setting';

const example = 'http://proxy.example.com:3128';

/** Reads the URL of an HTTP proxy. */
export function readProxy(text: string): Reading<string> {
  const { scheme, credentials, host, port } =
    /^(?:(?<scheme>\w+):\/\/)?(?<credentials>[^@/]*@)?(?<host>[\w.-]+)(?::(?<port>\d{1,5}))?\/?$/u.exec(text)
      ?.groups ?? {};
  const subject = `httpsProxy ${quote(text)}`;
  if (host === undefined) {
    return { problem: `${subject} is not the URL of a proxy: write one as ${example}` };
  }
  if (credentials !== undefined) {
    return {
      problem: `${subject.replace(credentials, '…@')} has a name or password, which anybody could read in the template and in the pods: let the proxy know its clients by their addresses, and write http://${host}:${port ?? 3128}`,
    };
  }
  if (scheme === 'https') {
    return {
      problem: `${subject} has the scheme https, which is TLS to the proxy itself, and few programs and proxies know it: write http://${host}:${port ?? 3128}, through which HTTPS goes as well`,
    };
  }
  if (port === undefined) {
    return { problem: `${subject} has no port: write it, as in http://${host}:3128` };
  }
  return scheme === 'http'
    ? { value: `http://${host}:${port}` }
    : { problem: `${subject} does not begin with http://: did you mean "http://${host}:${port}"?` };
}

/** The port of a proxy that was read. */
export function portOfProxy(url: string): number {
  return Number(url.split(':').at(-1));
}
