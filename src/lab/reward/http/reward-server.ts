import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OperatorError } from '../../../errors.ts';
import { BadRequest } from '../prepare.ts';
import { Busy } from '../scorer.ts';
import { Refused, send, sendJson, sendRefusal } from './answer.ts';
import { createKeyCheck } from './key.ts';
import { readBody } from './read-body.ts';

/** What is behind one address. A POST is handed its body, and a signal that tells when the client has gone. */
export type Route =
  | { readonly method: 'GET'; readonly open?: boolean; answer(): Promise<Page> | Page }
  | { readonly method: 'POST'; answer(body: unknown, gone: AbortSignal): Promise<unknown> };

export type Page = { readonly status: number; readonly text: string; readonly type: string };

export type RewardServerOptions = {
  readonly routes: Readonly<Record<string, Route>>;
  readonly key: string | undefined;
  readonly mostBytes: number;
  /** A client that takes longer to send its request is not waited for. Milliseconds. */
  readonly patienceMs: number;
  readonly onAnswer: (route: string, status: number) => void;
  readonly onBug: (error: unknown) => void;
};

export type RewardServer = {
  readonly port: number;
  /** Refuses what comes from now on (503), and resolves once the last answer is sent. */
  drain(): Promise<void>;
  close(): Promise<void>;
};

/**
 * HTTP as a training run needs it, on Node’s own server: it costs a tenth of a millisecond a request.
 * @throws OperatorError where the port is taken or the address is none of this machine
 */
export async function startRewardServer(
  host: string,
  port: number,
  options: RewardServerOptions,
): Promise<RewardServer> {
  const { routes, key, mostBytes, patienceMs, onAnswer, onBug } = options;
  const holdsKey = createKeyCheck(key);
  const drained = Promise.withResolvers<void>();
  let isStopping = false;
  let underWay = 0;

  function routeOf({ method = 'GET', url = '/', headers }: IncomingMessage): Route {
    const path = pathOf(url);
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    // Pages of the web have no business here: a browser would spend the judge’s time for them.
    if (headers.origin !== undefined) throw new Refused(403, 'requests of web pages are not taken');
    if (!(route?.method === 'GET' && route.open) && !holdsKey(headers.authorization)) {
      throw new Refused(401, 'the key is missing or wrong: Authorization: Bearer KEY', {
        'www-authenticate': 'Bearer',
      });
    }
    if (!route)
      throw new Refused(404, `there is no ${path.slice(0, 80)}; see ${Object.keys(routes).join(', ')}`);
    if (route.method !== method && !(method === 'HEAD' && route.method === 'GET')) {
      throw new Refused(405, `${path} takes ${route.method}`, { allow: route.method });
    }
    return route;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = routeOf(request);
    if (route.method === 'GET') {
      const { status, text, type } = await route.answer();
      send(response, status, text, { 'content-type': type });
      return;
    }
    if (isStopping)
      throw new Refused(503, 'the server is stopping', { connection: 'close', 'retry-after': '5' });
    const gone = new AbortController();
    const left = () => {
      if (!response.writableFinished) gone.abort();
    };
    response.once('close', left);
    const body = await readBody(request, mostBytes);
    sendJson(response, 200, await route.answer(body, gone.signal));
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    underWay += 1;
    try {
      await answer(request, response);
    } catch (error) {
      if (response.destroyed) return;
      const refusal = refusalOf(error);
      if (!refusal) onBug(error);
      sendRefusal(request, response, refusal ?? { status: 500, message: 'a mistake of ours' });
    } finally {
      underWay -= 1;
      const path = pathOf(request.url ?? '/');
      onAnswer(Object.hasOwn(routes, path) ? path : 'other', response.destroyed ? 499 : response.statusCode);
      if (isStopping && underWay === 0) drained.resolve();
    }
  }

  const server = createServer(
    { keepAliveTimeout: 75_000, requestTimeout: patienceMs },
    (request, response) => {
      response.on('error', () => {});
      void take(request, response);
    },
  );
  await listen(server, host, port);

  return {
    port: (server.address() as AddressInfo).port,
    async drain() {
      isStopping = true;
      server.close();
      server.closeIdleConnections();
      if (underWay === 0) drained.resolve();
      await drained.promise;
    },
    async close() {
      const closed = server.listening ? once(server, 'close') : undefined;
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    // 500 clients may come at once.
    server.listen({ host, port, backlog: 2048 });
    await once(server, 'listening');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const why =
      code === 'EADDRINUSE' ? 'the port is taken; choose another with --port' : `${code}; check --host`;
    throw new OperatorError(`Cannot listen on ${host}:${port}: ${why}.`, error);
  }
}

function refusalOf(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error;
  if (error instanceof BadRequest) return new Refused(400, error.message);
  if (error instanceof Busy) {
    return new Refused(429, 'too many samples are under way; see --queue', { 'retry-after': '1' });
  }
  return undefined;
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
