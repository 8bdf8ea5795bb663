/** A model's longest answer is far below this; a server that sends more is not answering. */
const MOST_BYTES = 64 * 1024 * 1024;
const TAIL_BYTES = 32;

const tails = new WeakMap<Response, () => Uint8Array>();

/**
 * `fetch` for the model client. It follows no redirect: text goes where the operator sends it, and
 * nowhere else. It reads at most 64 MiB of a body, so that an endless line cannot
 * fill the memory, and remembers how the body ended (the client library keeps `[DONE]` to itself).
 */
export async function watchedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, { ...init, redirect: 'manual' });
  if (response.body === null) return response;
  const reader = response.body.getReader();
  let tail = new Uint8Array();
  let left = MOST_BYTES;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await reader.read();
        if (done) {
          controller.close();
          return;
        }
        left -= value.length;
        if (left < 0) {
          await reader.cancel();
          throw new Error(`more than ${MOST_BYTES} bytes`);
        }
        tail = joinTail(tail, value);
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  const { status, statusText, headers } = response;
  const watched = new Response(body, { status, statusText, headers });
  tails.set(watched, () => tail);
  return watched;
}

/** Whether the last thing that was read of this response's body is the stream's own end mark. */
export function endedWithDone(response: Response): boolean {
  const tail = tails.get(response)?.();
  return tail !== undefined && /data: ?\[DONE\]\s*$/.test(Buffer.from(tail).toString('latin1'));
}

function joinTail(before: Uint8Array, chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  if (chunk.length >= TAIL_BYTES) return new Uint8Array(chunk.subarray(-TAIL_BYTES));
  const joined = new Uint8Array(before.length + chunk.length);
  joined.set(before);
  joined.set(chunk, before.length);
  return joined.slice(-TAIL_BYTES);
}
