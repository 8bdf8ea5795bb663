import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Gateway } from '../gateway/gateway.ts';
import type { Platform } from '../platform.ts';
import { ApiError, refusal, unauthorized } from './api-error.ts';
import type { Fault, Faults } from './faults.ts';
import type { RateLimits } from './rate-limits.ts';
import { type ReceivedRequest, receiveRequest } from './received-request.ts';
import type { createRouter, Match } from './router.ts';

type HttpParts = {
  readonly platform: Platform;
  readonly gateway: Gateway;
  readonly router: ReturnType<typeof createRouter>;
  readonly limits: RateLimits | null;
  readonly faults: Faults;
  readonly requests: ReceivedRequest[];
  readonly unexpected: ReceivedRequest[];
};

type HttpServer = {
  /** Listens on 127.0.0.1; port 0 takes a free one. Resolves to the port. */
  listen(port: number): Promise<number>;
  /** Cuts every connection and stops listening. */
  close(): Promise<void>;
};

type Answer = { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown };

/** The double's one port: REST under `/api`, files under `/cdn`, the gateway on any address that upgrades. */
export function createHttpServer(parts: HttpParts): HttpServer {
  const { gateway } = parts;
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((incoming, response) => {
    serve(parts, incoming, response).catch((error: unknown) => {
      // A fault of the double's own must not look like one of Discord's. A caller that hung up is none.
      if (!incoming.destroyed) console.error(error);
      response.destroy();
    });
  });
  server.on('upgrade', (incoming, socket, head) => {
    sockets.handleUpgrade(incoming, socket, head, (webSocket: WebSocket) => {
      gateway.serve(webSocket, addressOf(incoming).searchParams);
    });
  });
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        gateway.controls.drop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function addressOf(incoming: IncomingMessage): URL {
  return new URL(incoming.url ?? '/', 'http://127.0.0.1');
}

async function serve(parts: HttpParts, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = addressOf(incoming);
  if (url.pathname.startsWith('/cdn/')) return serveFile(parts.platform, url, response);
  const request = await receiveRequest(incoming, url);
  const { journal } = parts.platform;
  parts.requests.push(request);
  journal.record({ kind: 'request-received', request });

  const fault = parts.faults.take(request.method, request.path);
  if (fault?.delayMs && !fault.afterEffect) await delay(fault.delayMs);
  const answer = fault && spoils(fault) && !fault.afterEffect ? faulty(fault) : handle(parts, request);
  if (fault?.delayMs && fault.afterEffect) await delay(fault.delayMs);
  if (fault?.destroy) return void response.destroy();
  if (fault?.cutBody) return breakOff(response, answer);
  if (fault?.page !== undefined) return sendPage(response, fault, request);
  send(
    parts.platform,
    response,
    fault && spoils(fault) && fault.afterEffect ? faulty(fault) : answer,
    request,
  );
  journal.record({ kind: 'request-answered', request });
}

function spoils(fault: Fault): boolean {
  return fault.status !== undefined || fault.destroy === true;
}

function breakOff(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body ?? {});
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

function sendPage(
  response: ServerResponse,
  { status, headers, page }: Fault,
  request: ReceivedRequest,
): void {
  request.status = status ?? 200;
  response.writeHead(request.status, { ...headers, 'content-type': 'text/html; charset=UTF-8' });
  response.end(page);
}

function faulty(fault: Fault): Answer {
  return {
    status: fault.status ?? 500,
    headers: { ...fault.headers },
    body: fault.body ?? { message: 'injected fault' },
  };
}

/** Refuses, limits or carries out one request. */
function handle(parts: HttpParts, request: ReceivedRequest): Answer {
  const { platform, router, limits } = parts;
  const headers: Record<string, string> = {};
  try {
    if (!request.headers['user-agent']?.startsWith('DiscordBot (')) {
      throw refusal(RESTJSONErrorCodes.CloudflareIsBlockingYourRequest);
    }
    if (request.malformed) throw refusal(RESTJSONErrorCodes.RequestBodyContainsInvalidJSON);
    const match = router(request.method, request.path);
    if (!match) {
      parts.unexpected.push(request);
      throw new ApiError(404, 0, '404: Not Found');
    }
    if (match.route.auth !== 'token' && request.headers.authorization !== `Bot ${platform.settings.token}`) {
      throw unauthorized();
    }
    const verdict = limits?.take(match.route.bucket, majorOf(match), {
      global: match.route.auth !== 'token',
      webhookChannelId: webhookChannel(platform, match),
    });
    Object.assign(headers, verdict?.headers);
    if (verdict?.refused) {
      const { retryAfter, global } = verdict.refused;
      const body = { message: 'You are being rate limited.', retry_after: retryAfter, global };
      return { status: 429, headers, body };
    }
    const body = match.route.handle({
      params: match.params,
      query: request.query,
      body: request.body,
      files: request.files,
    });
    return { status: body === undefined ? 204 : (match.route.status ?? 200), headers, body };
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, headers, body: error.body };
    throw error;
  }
}

/** The id a route's limit is split by: the channel, the server, or the webhook with its token. */
function majorOf({ params }: Match): string {
  if (params['webhook'] !== undefined) return `${params['webhook']}/${params['token'] ?? ''}`;
  return params['channel'] ?? params['guild'] ?? 'global';
}

function webhookChannel({ world }: Platform, { route, params }: Match): string | null {
  if (route.bucket !== 'webhook-execute') return null;
  return world.webhooks.get(params['webhook'] ?? '')?.channelId ?? null;
}

function send(
  platform: Platform,
  response: ServerResponse,
  { status, headers, body }: Answer,
  request: ReceivedRequest,
): void {
  request.status = status;
  response.setHeader('date', new Date(Date.now() + platform.settings.clockAheadMs).toUTCString());
  // A 204 has neither body nor content type, or the client would wait for JSON.
  const hasBody = status !== 204;
  response.writeHead(status, { ...headers, ...(hasBody && { 'content-type': 'application/json' }) });
  response.end(hasBody ? JSON.stringify(body ?? {}) : undefined);
}

function serveFile({ world }: Platform, url: URL, response: ServerResponse): void {
  const file = world.files.get(decodeURIComponent(url.pathname.slice('/cdn/'.length)));
  response.writeHead(file ? 200 : 404, { 'content-type': file?.contentType ?? 'text/plain' });
  response.end(file?.data ?? 'This content is no longer available.');
}
