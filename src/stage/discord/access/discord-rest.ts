import { DefaultRestOptions, REST, RESTEvents, type RESTOptions, type ResponseLike } from 'discord.js';
import type { Log } from '../../../log.ts';
import type { DiscordSettings, Pace } from '../discord-settings.ts';

/** The ways to Discord's REST, and what it refused so far. */
export type DiscordRest = {
  /** Repeats a request on its own when Discord fails; for all that may safely happen twice. */
  readonly steady: REST;
  /** Never repeats one: what characters say must not stand there twice. */
  readonly once: REST;
  /**
   * The same for what goes through a webhook. That is not the bot's own request, so the limit of all that a bot may ask
   * in a second does not count it: a busy evening's signs of typing and buttons must not keep anybody from speaking.
   */
  readonly webhook: REST;
  /** Answers by status, of those that say no: 401, 403, 404, 429. */
  readonly refusals: ReadonlyMap<number, number>;
};

/** Each webhook has a limit of its own, which is kept; this is far above what one process can say. */
const WEBHOOK_REQUESTS_PER_SECOND = 1000;

/** Every request of the stage goes through these, but for the answers to interactions. */
export function createDiscordRest(settings: DiscordSettings, pace: Pace, log: Log): DiscordRest {
  const options = { ...restOptions(settings), timeout: pace.timeoutMs };
  const steady = new REST({ ...options, retries: 2 }).setToken(settings.token);
  // A sign of typing that would have to wait is worth nothing.
  const rejectOnRateLimit = ['/channels/:id/typing'];
  const once = new REST({ ...options, retries: 0, rejectOnRateLimit }).setToken(settings.token);
  const webhook = new REST({ ...options, retries: 0, globalRequestsPerSecond: WEBHOOK_REQUESTS_PER_SECOND });
  const refusals = new Map<number, number>();
  for (const rest of [steady, once, webhook]) {
    rest.on(RESTEvents.Response, (request, { status }) => {
      if (![401, 403, 404, 429].includes(status)) return;
      refusals.set(status, (refusals.get(status) ?? 0) + 1);
      log.debug('request-refused', { method: request.method, route: request.route, status });
      // The library forgets the token now: nothing works until a restart with a good one.
      if (status === 401 && request.data.auth) log.error('token-refused', { do: 'renew DISCORD_TOKEN' });
    });
    rest.on(RESTEvents.InvalidRequestWarning, ({ count }) => log.warn('requests-refused-often', { count }));
  }
  return { steady, once, webhook, refusals };
}

/** Where Discord is, for every client of the library that we make. */
export function restOptions(settings: Pick<DiscordSettings, 'api' | 'cdn'>): Partial<RESTOptions> {
  return {
    ...(settings.api === undefined ? {} : { api: settings.api }),
    ...(settings.cdn === undefined ? {} : { cdn: settings.cdn }),
    invalidRequestWarningInterval: 100,
    makeRequest: patientRequest,
  };
}

// The library reads how long to wait from a header only, and asks again at once where it is missing.
async function patientRequest(...request: Parameters<RESTOptions['makeRequest']>): Promise<ResponseLike> {
  const response = await DefaultRestOptions.makeRequest(...request);
  if (response.status !== 429 || response.headers.has('retry-after')) return response;
  const headers = new Headers([...response.headers]);
  headers.set('retry-after', String(retryAfterOf(await response.text())));
  return { ...response, headers };
}

function retryAfterOf(body: string): number {
  const told = Number(/"retry_after"\s*:\s*([\d.]+)/.exec(body)?.[1]);
  return Number.isFinite(told) && told > 0 ? told : 1;
}
