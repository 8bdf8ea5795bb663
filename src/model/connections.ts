import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Connections that are kept open between requests. How many there are is the limit's to say. */
export type Connections = { readonly http: HttpAgent; readonly https: HttpsAgent };

export function createConnections(): Connections {
  const options = { keepAlive: true, maxFreeSockets: MOST_IDLE };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}

/** Node keeps 256 where nothing is said: a batch of more would open and close the others each time. */
const MOST_IDLE = 4096;

export type Sent = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
};

/**
 * Sends one request over Node’s own client, a fraction of the work that `fetch` makes of it, and resolves with the head
 * of the answer. Follows no redirect: text goes where the operator sends it, and nowhere else.
 *
 * @throws what the socket says, or why it was aborted
 */
export function send(connections: Connections, url: URL, sent: Sent): Promise<IncomingMessage> {
  const { method, headers, body, signal } = sent;
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const options = {
    method,
    headers: { ...headers, ...(bytes ? { 'content-length': bytes.length } : {}) },
  };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, agent: connections.https })
        : httpRequest(url, { ...options, agent: connections.http });
    let answer: IncomingMessage | undefined;
    // Not Node’s own `signal`: an answer that is there and not yet read would fail on its socket, where nobody listens.
    const abort = () => (answer ?? request).destroy(errorOf(signal?.reason));
    signal?.addEventListener('abort', abort, { once: true });
    request.on('close', () => signal?.removeEventListener('abort', abort));
    request.on('response', (incoming) => {
      answer = incoming;
      // Whoever reads it is told; where nobody does any more, nobody has to be.
      incoming.on('error', () => undefined);
      resolve(incoming);
    });
    request.on('error', reject);
    if (signal?.aborted) abort();
    else request.end(bytes);
  });
}

function errorOf(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('The request was aborted.', { cause: reason });
}
