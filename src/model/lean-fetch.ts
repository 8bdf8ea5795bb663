import type { IncomingMessage } from 'node:http';
import { createConnections, send } from './connections.ts';
import { readPieces } from './read-pieces.ts';

/** A model's longest answer is far below this; a server that sends more is not answering. */
const MOST_BYTES = 64 * 1024 * 1024;
const TAIL_BYTES = 32;
/** So long a server may take to end an answer that it has marked as done. */
const LAST_BYTES_MS = 2000;

const connections = createConnections();
const tails = new WeakMap<Response, () => Buffer>();

/**
 * `fetch` for the model client, over Node’s own client: what `fetch` makes of a body (a stream of streams) costs more for
 * each piece of text than to read it. It follows no redirect and asks for no compression. It reads at most 64 MiB of a
 * body, so that an endless line cannot fill the memory, and remembers how the body ended (the client library keeps
 * `[DONE]` to itself). The body can be iterated, which is how that library reads it, or read whole. A connection whose
 * answer has come to its mark is kept for the next request, though nobody reads on: over TLS a new one costs more than
 * all else that we add.
 *
 * @throws TypeError where a body is no text; what the socket says; why it was aborted
 */
export async function leanFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  if (typeof init.body !== 'string' && init.body !== undefined && init.body !== null) {
    throw new TypeError('Only text is sent to a model.');
  }
  const request = new AbortController();
  const caller = init.signal;
  const abort = () => request.abort(caller?.reason);
  caller?.addEventListener('abort', abort, { once: true });
  if (caller?.aborted) abort();
  const incoming = await send(connections, new URL(input instanceof Request ? input.url : input), {
    method: init.method ?? 'GET',
    headers: Object.fromEntries(new Headers(init.headers)),
    body: init.body ?? undefined,
    signal: request.signal,
  });
  return responseOf(incoming, () => caller?.removeEventListener('abort', abort));
}

/** Whether the last thing that was read of this response's body is the stream's own end mark. */
export function endedWithDone(response: Response): boolean {
  const tail = tails.get(response)?.();
  return tail !== undefined && endsWithDone(tail);
}

function endsWithDone(tail: Buffer): boolean {
  return /data: ?\[DONE\]\s*$/.test(tail.toString('latin1'));
}

/** @param letGo from then on the caller's signal ends nothing: the answer is there */
function responseOf(incoming: IncomingMessage, letGo: () => void): Response {
  const { statusCode: status = 500, statusMessage: statusText = '', headers: told } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(told)) headers.set(name, String(value));
  const response = new Response(null, { status, statusText, headers });
  let tail: Buffer = Buffer.alloc(0);

  let left = MOST_BYTES;

  const body = readPieces(
    incoming,
    (piece) => {
      left -= piece.length;
      if (left < 0) throw new Error(`more than ${MOST_BYTES} bytes`);
      tail = (piece.length >= TAIL_BYTES ? piece : Buffer.concat([tail, piece])).subarray(-TAIL_BYTES);
    },
    () => {
      letGo();
      if (!incoming.readableEnded && endsWithDone(tail)) drain(incoming);
      else if (!incoming.readableEnded) incoming.destroy();
    },
  );
  const text = async () => Buffer.concat(await Array.fromAsync(body)).toString('utf8');
  tails.set(response, () => tail);
  return Object.defineProperties(response, {
    body: { value: body },
    text: { value: text },
    json: { value: async () => JSON.parse(await text()) as unknown },
  });
}

function drain(incoming: IncomingMessage): void {
  incoming.setTimeout(LAST_BYTES_MS, () => incoming.destroy());
  incoming.resume();
}
