import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../../engine/engine-options.ts';
import type { Log } from '../../../log.ts';
import type { DiscordSettings, Pace } from '../discord-settings.ts';
import { createInvalidRequests, type Flow, type InvalidRequests } from './invalid-requests.ts';

export type RequestLimits = {
  /** What keeps this request from being one too many; undefined where nothing does. */
  readonly of: LimitOf;
  /** Whether requests, but for answers to people, go out freely. */
  flow(): Flow;
};

export type LimitOf = (url: string) => InvalidRequests | undefined;

/** One that no change of the machine’s time disturbs. */
const steadyClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

/**
 * How many of this process’s requests Discord may refuse: one bound for what answers commands and buttons, whose people
 * wait for three seconds at most, and one for all else, so that neither stops the other.
 */
export function createRequestLimits(
  { token, part }: Pick<DiscordSettings, 'token' | 'part'>,
  pace: Pace,
  log: Log,
): RequestLimits {
  const most = Math.max(1, Math.floor(pace.refusedMost / (part?.processes ?? 1)));
  const same = { clock: steadyClock, log, stopMs: pace.refusedStopMs };
  const all = createInvalidRequests({ ...same, most, slowestMs: pace.refusedPauseMs });
  const answers = createInvalidRequests({ ...same, most: Math.max(1, Math.floor(most / 4)), slowestMs: 0 });
  const isAnswer = answersOf(token);
  return {
    of(url) {
      // Asked once for each new connection, and without it nothing would come back.
      if (url.endsWith('/gateway/bot')) return undefined;
      return isAnswer.test(url) ? answers : all;
    },
    flow: all.flow,
  };
}

/** Addresses of answers to interactions: their own, and webhooks that bear the id of the bot, with which its token begins. */
function answersOf(token: string): RegExp {
  const id = /^\d+/.exec(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())?.[0];
  return new RegExp(id === undefined ? '/interactions/' : `/interactions/|/webhooks/${id}/`);
}
