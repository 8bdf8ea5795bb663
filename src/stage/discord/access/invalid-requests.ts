import type { Clock } from '../../../engine/engine-options.ts';
import { StageError } from '../../../engine/stage.ts';
import type { Log } from '../../../log.ts';
import { say } from '../../../words/text.ts';

/** `free`: requests go out at once; `slowed`: with pauses; `stopped`: not at all. */
export type Flow = 'free' | 'slowed' | 'stopped';

/** A circuit breaker: counts requests that Discord calls invalid, and asks less, then nothing, where they are many. */
export type InvalidRequests = {
  /**
   * Sends a request as soon as it may go out.
   * @throws StageError (`unreachable`) while nothing may; the signal’s reason when aborted; what `send` throws
   */
  ask<T extends Answer>(signal: AbortSignal, send: () => Promise<T>): Promise<T>;
  flow(): Flow;
};

/** What of an answer tells whether the request counts as invalid. */
export type Answer = { readonly status: number; readonly headers: { get(name: string): string | null } };

export type InvalidRequestOptions = {
  /** Invalid requests in ten minutes after which nothing is asked any more. */
  readonly most: number;
  /** How long nothing is asked then; the ten minutes must hold four such times at most. Milliseconds. */
  readonly stopMs: number;
  /** The pause after a refusal when nearly `most` are counted; it grows from none at half of them. Milliseconds. */
  readonly slowestMs: number;
  readonly clock: Clock;
  readonly log: Log;
};

const WINDOW_MS = 10 * 60_000;

/**
 * Discord shuts out an address from which 10,000 invalid requests came in ten minutes: answers 401, 403 and 429
 * (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
 *
 * From half of `most` on each refusal is followed by a pause for all. At `most` nothing is asked for `stopMs`. Then one
 * request goes out alone: refused, it stops everything as long again; answered, the count begins anew. So, in any ten
 * minutes, no more than `WINDOW_MS / stopMs` times `most` and what was under way are refused.
 */
export function createInvalidRequests(options: InvalidRequestOptions): InvalidRequests {
  const { most, stopMs, slowestMs, clock, log } = options;
  /** When each invalid request of the last ten minutes was answered, oldest first. */
  let refused: number[] = [];
  let stoppedUntil: number | undefined;
  /** The one request that finds out whether Discord is content again is under way. */
  let trying = false;
  let toldSlow = false;

  function count(now: number): number {
    const first = refused.findIndex((at) => at > now - WINDOW_MS);
    if (first !== 0) refused = first < 0 ? [] : refused.slice(first);
    if (refused.length < most / 2) toldSlow = false;
    return refused.length;
  }

  /** Until requests may go out again after the last refusal. Milliseconds. */
  function pause(now: number): number {
    const over = (count(now) - most / 2) / (most / 2);
    return over <= 0 ? 0 : (refused.at(-1) ?? now) + over * slowestMs - now;
  }

  function stop(): void {
    stoppedUntil = clock.now() + stopMs;
    log.error('requests-stopped', { refused: refused.length, forMs: stopMs, do: WHAT_TO_DO });
  }

  function goOn(): void {
    stoppedUntil = undefined;
    refused = [];
    log.info('requests-go-on', {});
  }

  function tellSlowed(): void {
    if (toldSlow) return;
    toldSlow = true;
    log.warn('requests-slowed', { refused: refused.length, most });
  }

  function note(answer: Answer): boolean {
    const invalid = isInvalid(answer);
    if (invalid) refused.push(clock.now());
    return invalid;
  }

  async function tryOne<T extends Answer>(send: () => Promise<T>): Promise<T> {
    if (trying || stoppedUntil === undefined || clock.now() < stoppedUntil)
      throw new StageError('unreachable', STOPPED);
    trying = true;
    try {
      const answer = await send();
      if (note(answer)) stop();
      else goOn();
      return answer;
    } finally {
      trying = false;
    }
  }

  return {
    async ask(signal, send) {
      const ms = stoppedUntil === undefined ? pause(clock.now()) : 0;
      if (ms > 0) {
        tellSlowed();
        await clock.sleep(Math.ceil(ms), signal);
      }
      if (stoppedUntil !== undefined) return tryOne(send);
      const answer = await send();
      if (note(answer) && stoppedUntil === undefined && count(clock.now()) >= most) stop();
      return answer;
    },
    flow() {
      if (stoppedUntil !== undefined) return 'stopped';
      return pause(clock.now()) > 0 ? 'slowed' : 'free';
    },
  };
}

/** Whether Discord counts the request as invalid: refused, and not for what others asked. */
export function isInvalid({ status, headers }: Answer): boolean {
  if (status === 429) return headers.get('x-ratelimit-scope') !== 'shared';
  return status === 401 || status === 403;
}

const STOPPED = say('Discord refuses much of what I ask, so I ask nothing for a while. I go on by myself.');

const WHAT_TO_DO =
  'nothing is asked of Discord for a while, or it would shut this address out; see which routes were refused (LOG_LEVEL=debug)';
