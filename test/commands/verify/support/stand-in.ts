import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

/** What a stand-in answers to one request. */
export interface Answer {
  readonly status?: number;
  readonly contentType: string;
  readonly body: string;
}

/** A server on the loopback interface that answers as a service would, and remembers what it was asked. */
export interface StandIn {
  readonly url: string;
  /** `METHOD what`, in the order in which they came. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

/** Starts a stand-in on a free port. The answer names the call, for the record. */
export async function startStandIn(
  answer: (
    request: IncomingMessage,
    url: URL,
    body: string,
  ) => { readonly call: string; readonly answer: Answer },
): Promise<StandIn> {
  const calls: string[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const { call, answer: given } = answer(request, url, body);
    calls.push(`${request.method} ${call}`);
    response.writeHead(given.status ?? 200, { 'content-type': given.contentType });
    response.end(given.body);
  };
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
}

/** An answer in JSON. */
export function json(body: unknown, status = 200): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}
