import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerBody } from './answers.ts';
import { type Counts, KINDS, type Kind, type ServiceTimes } from './service-times.ts';

export type ModelServer = {
  /** Base URL, ending in /v1. */
  readonly url: string;
  /** Since the last time this was called. */
  counts(): Counts;
  /** The kinds of all requests, in the order in which they came and were answered. */
  readonly log: readonly { readonly kind: Kind; readonly what: 'asked' | 'answered' }[];
  close(): Promise<void>;
};

/** A model's name stands before its messages, and so does the shape that a judge is to answer in. */
const MODEL = /"model":"(\w+)"/;
const DIMENSION = /"properties":\{"([^"]+)":/;

/**
 * An OpenAI-compatible server on 127.0.0.1 that answers any number of requests at once, each after a fixed
 * time. As lean as can be: what it takes itself is taken from whoever is measured.
 */
export async function startModelServer(times: ServiceTimes): Promise<ModelServer> {
  const asked = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  const log: { kind: Kind; what: 'asked' | 'answered' }[] = [];
  let [number, underWay, peak, connections] = [0, 0, 0, 0];

  function serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === '/counts') {
      response.end(JSON.stringify(counts()));
      return;
    }
    let head = '';
    request.on('data', (chunk: Buffer) => {
      if (!MODEL.test(head)) head += chunk.toString('latin1');
    });
    request.on('end', () => {
      const kind = KINDS.find((one) => one === MODEL.exec(head)?.[1]);
      if (!kind) {
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"model?"}}');
        return;
      }
      begin(kind, response, DIMENSION.exec(head)?.[1] ?? 'flaws');
    });
  }

  function begin(kind: Kind, response: ServerResponse, dimension: string): void {
    asked[kind] += 1;
    number += 1;
    underWay += 1;
    peak = Math.max(peak, underWay);
    log.push({ kind, what: 'asked' });
    const body = answerBody(kind, number, dimension);
    setTimeout(() => {
      underWay -= 1;
      log.push({ kind, what: 'answered' });
      response.setHeader('content-type', 'application/json');
      response.end(body);
    }, times[kind]);
  }

  function counts(): Counts {
    const now = { asked: { ...asked }, peak, connections };
    for (const kind of KINDS) asked[kind] = 0;
    [peak, connections] = [0, 0];
    log.length = 0;
    return now;
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, serve);
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1', 1024);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    counts,
    log,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
