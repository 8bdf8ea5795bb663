import type OpenAI from 'openai';
import { type Asked, silenceError } from './model-failures.ts';
import type { RequestLimit } from './request-limit.ts';
import { createSilenceWatch } from './silence-watch.ts';

/**
 * Posts one request whose answer comes as a whole, within the limit of requests at a time. Throws what the
 * client throws, an error of silence after `timeoutMs`, or the caller's abort reason.
 */
export async function postWatched(
  client: OpenAI,
  path: string,
  body: Readonly<Record<string, unknown>>,
  options: {
    readonly limit: RequestLimit;
    readonly timeoutMs: number;
    readonly asked: Asked;
    readonly caller: AbortSignal;
  },
): Promise<unknown> {
  const { limit, timeoutMs, asked, caller } = options;
  const release = await limit.acquire(caller);
  const watch = createSilenceWatch({
    silenceMs: timeoutMs,
    caller,
    onSilence: () => silenceError(asked, timeoutMs),
  });
  try {
    return await watch.wait(client.post<unknown>(path, { body, signal: watch.request.signal }));
  } finally {
    watch.stop();
    release();
  }
}
