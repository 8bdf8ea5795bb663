import { DefaultRestOptions, type RESTOptions, type ResponseLike } from 'discord.js';
import type { DiscordSettings } from '../discord-settings.ts';
import type { LimitOf } from './request-limits.ts';

/** Discord's limit of all that a bot asks in a second, whichever process asks. */
const BOT_REQUESTS_PER_SECOND = 50;

/** Where Discord is, for every client of the library that we make; `limitOf` keeps it from asking too often in vain. */
export function restOptions(
  { part, ...settings }: Pick<DiscordSettings, 'api' | 'cdn' | 'part'>,
  limitOf?: LimitOf,
): Partial<RESTOptions> {
  return {
    ...(part
      ? { globalRequestsPerSecond: Math.max(1, Math.floor(BOT_REQUESTS_PER_SECOND / part.processes)) }
      : {}),
    ...(settings.api === undefined ? {} : { api: settings.api }),
    ...(settings.cdn === undefined ? {} : { cdn: settings.cdn }),
    invalidRequestWarningInterval: 100,
    makeRequest(url, init) {
      // Another process serves these servers now: what stands there is its own to say.
      if (part && !part.mayAct()) throw new DOMException('This process serves them no more.', 'AbortError');
      const send = () => patientRequest(url, init);
      const limit = limitOf?.(url);
      return limit ? limit.ask(init.signal ?? new AbortController().signal, send) : send();
    },
  };
}

// The library reads how long to wait from a header only, and asks again at once where it is missing.
async function patientRequest(...request: Parameters<RESTOptions['makeRequest']>): Promise<ResponseLike> {
  const response = await DefaultRestOptions.makeRequest(...request);
  if (response.status === 200 && !isJson(response)) throw new UnreadableAnswer();
  if (response.status !== 429 || response.headers.has('retry-after')) return response;
  const headers = new Headers([...response.headers]);
  headers.set('retry-after', String(retryAfterOf(await response.text())));
  return { ...response, headers };
}

/** What stands between us and Discord answered in its place: nobody knows whether the request got there. */
class UnreadableAnswer extends Error {
  readonly code = 'ERR_UNREADABLE_ANSWER';
}

function isJson({ headers }: ResponseLike): boolean {
  return headers.get('content-type')?.startsWith('application/json') ?? false;
}

function retryAfterOf(body: string): number {
  const told = Number(/"retry_after"\s*:\s*([\d.]+)/.exec(body)?.[1]);
  return Number.isFinite(told) && told > 0 ? told : 1;
}
