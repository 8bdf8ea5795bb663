import { REST, RESTEvents } from 'discord.js';
import type { Log } from '../../../log.ts';
import type { DiscordSettings, Pace } from '../discord-settings.ts';
import { type Flow, isInvalid } from './invalid-requests.ts';
import { createRequestLimits, type LimitOf } from './request-limits.ts';
import { restOptions } from './rest-options.ts';

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
  /** By Discord's clock, as its last answer told it; no change of ours disturbs it. Milliseconds since 1970. */
  now(): number;
  /** Whether requests go out freely, or Discord refused too many. */
  flow(): Flow;
  /** For a client that the library makes: the same limits hold for it. */
  readonly limitOf: LimitOf;
  /** What is answered to that client counts here as well. */
  watch(rest: REST): void;
};

/** Each webhook has a limit of its own, which is kept; this is far above what one process can say. */
const WEBHOOK_REQUESTS_PER_SECOND = 1000;

/** Every request of the stage goes through these, but for the answers to interactions. */
export function createDiscordRest(settings: DiscordSettings, pace: Pace, log: Log): DiscordRest {
  const limits = createRequestLimits(settings, pace, log);
  const options = { ...restOptions(settings, limits.of), timeout: pace.timeoutMs };
  const steady = new REST({ ...options, retries: 2 }).setToken(settings.token);
  // A sign of typing that would have to wait is worth nothing.
  const rejectOnRateLimit = ['/channels/:id/typing'];
  const once = new REST({ ...options, retries: 0, rejectOnRateLimit }).setToken(settings.token);
  const webhook = new REST({ ...options, retries: 0, globalRequestsPerSecond: WEBHOOK_REQUESTS_PER_SECOND });
  const refusals = new Map<number, number>();
  let toDiscord = performance.timeOrigin;

  function watch(rest: REST): void {
    keepToken(rest);
    rest.on(RESTEvents.Response, (request, { status, headers }) => {
      const there = Date.parse(headers.get('date') ?? '');
      if (!Number.isNaN(there)) toDiscord = there - performance.now();
      settings.answered?.({ status, invalid: isInvalid({ status, headers }) });
      if (![401, 403, 404, 429].includes(status)) return;
      refusals.set(status, (refusals.get(status) ?? 0) + 1);
      log.debug('request-refused', { method: request.method, route: request.route, status });
      if (status === 401 && request.data.auth)
        log.error('token-refused', { do: 'renew DISCORD_TOKEN, if it goes on' });
    });
    rest.on(RESTEvents.InvalidRequestWarning, ({ count }) => log.warn('requests-refused-often', { count }));
  }

  for (const rest of [steady, once, webhook]) watch(rest);
  return {
    steady,
    once,
    webhook,
    refusals,
    now: () => performance.now() + toDiscord,
    flow: limits.flow,
    limitOf: limits.of,
    watch,
  };
}

/**
 * The library forgets a token that was refused once. But Discord may have been wrong for a moment; where it was not, it
 * closes the gateway for good, too.
 */
function keepToken(rest: REST): void {
  const set = rest.setToken.bind(rest);
  rest.setToken = (token: string | null) => (token === null ? rest : set(token));
}
