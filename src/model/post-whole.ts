import type { IncomingMessage } from 'node:http';
import { APIConnectionError, APIError } from 'openai';
import { type Connections, send } from './connections.ts';
import { type Asked, notAModelError } from './model-failures.ts';
import { authorizationOf, type EndpointSettings, openClient } from './open-client.ts';
import type { SilenceWatch } from './silence-watch.ts';

/** A model's longest answer is far below this; a server that sends more is not answering. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Posts one request, as JSON, and reads its whole answer, taken apart. */
export type PostWhole = (path: string, json: string, watch: SilenceWatch) => Promise<unknown>;

/**
 * Requests in bulk, over Node’s own client: a quarter of the work that `fetch` and the client library make
 * of it, and a connection that has brought its answer takes the next request at once (undici’s waits a turn
 * of the event loop, which a busy run feels). Follows no redirect and asks for no compression. What fails,
 * fails as the client library's own errors, so that it is read in the same place.
 */
export function createPostWhole(
  endpoint: EndpointSettings,
  { connections, asked }: { readonly connections: Connections; readonly asked: Asked },
): PostWhole {
  const client = openClient(endpoint);
  const authorization = authorizationOf(endpoint);
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': 'dramatis',
    ...(authorization === undefined ? {} : { authorization }),
  };

  async function post(path: string, body: string, signal: AbortSignal): Promise<IncomingMessage> {
    const url = new URL(client.buildURL(path, undefined));
    try {
      return await send(connections, url, { method: 'POST', headers, body, signal });
    } catch (cause) {
      throw new APIConnectionError(cause instanceof Error ? { cause } : {});
    }
  }

  return async (path, json, watch) => {
    const response = await watch.wait(post(path, json, watch.request.signal));
    const { statusCode: status = 0, headers: told } = response;
    const type = told['content-type'] ?? '';
    const isRefused = status < 200 || status > 299;
    if (!isRefused && /html|xml|^image|^audio|^video|event-stream/i.test(type)) {
      response.destroy();
      throw notAModelError(asked, type);
    }
    const text = await readText(response, watch);
    if (isRefused) throw refusal(status, text, told);
    const whole: unknown = JSON.parse(text);
    if (whole !== null && typeof whole === 'object' && 'error' in whole && whole.error) {
      throw new APIError(undefined, Object(whole.error), undefined, undefined);
    }
    return whole;
  };
}

/** @throws where the answer breaks off, or is longer than any answer */
async function readText(response: IncomingMessage, watch: SilenceWatch): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const pieces: AsyncIterator<Buffer> = response[Symbol.asyncIterator]();
  for (;;) {
    watch.heard();
    const { value, done } = await watch.wait(pieces.next());
    if (done) return Buffer.concat(chunks, length).toString('utf8');
    chunks.push(value);
    length += value.length;
    if (length <= MOST_BYTES) continue;
    response.destroy();
    throw new Error(`more than ${MOST_BYTES} bytes`);
  }
}

function refusal(status: number, text: string, raw: IncomingMessage['headers']): APIError {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) headers.set(name, String(value));
  let body: object | undefined;
  try {
    body = Object(JSON.parse(text));
  } catch {
    // Then its text is all that there is to search.
  }
  return APIError.generate(status, body, body ? undefined : text, headers);
}
