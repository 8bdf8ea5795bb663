import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that is refused, and how: a status, and words for whoever reads the client’s log. */
export class Refused extends Error {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 429 | 503;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: Refused['status'], message: string, headers: Refused['headers'] = {}) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.headers = headers;
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a whole answer. Nothing happens where the client has gone. */
export function send(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.destroyed || response.headersSent) return;
  const body = Buffer.from(text);
  response.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': body.length, ...headers });
  response.end(body);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, JSON.stringify(value));
}

/** `{"error":{"message":…}}`. The rest of a body that is still coming is not read: the connection ends. */
export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  { status, message, headers }: Pick<Refused, 'message'> & { status: number; headers?: Refused['headers'] },
): void {
  const close = request.complete ? {} : { connection: 'close' };
  send(response, status, JSON.stringify({ error: { message } }), { ...headers, ...close });
}
