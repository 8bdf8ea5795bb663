import { createHash } from 'node:crypto';
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { Counted, Counters, Window } from './counters.ts';

/** How a limiter must be set up for this: nothing is ever refused by itself, and each count names its window. */
export const LIMITER_OPTIONS = { points: 2 ** 31 - 1, duration: 86_400 } as const;

/** PostgreSQL's keys hold 255 characters; the limiter's prefix is among them. */
const LONGEST_KEY = 200;

/**
 * Counters in Redis or PostgreSQL, by `rate-limiter-flexible`. Windows end by that server's clock
 * (Redis) or this machine's (PostgreSQL), a second late at most.
 */
export function createLimiterCounters(limiter: RateLimiterAbstract): Counters {
  async function add(name: string, points: number, window: Window): Promise<Counted> {
    const key = keyOf(name);
    const customDuration = Math.max(1, Math.ceil((window.ends - window.now) / 1000));
    return counted(key, await limiter.penalty(key, points, { customDuration }), window);
  }

  async function get(name: string, window: Window): Promise<Counted> {
    const key = keyOf(name);
    return counted(key, await limiter.get(key), window);
  }

  /** A window that would last longer than any may is cut: the clock by which it was opened was set back. */
  async function counted(key: string, result: RateLimiterRes | null, window: Window): Promise<Counted> {
    if (!result || result.msBeforeNext <= 0) return { used: 0 };
    const used = Math.max(0, result.consumedPoints);
    const left = Math.min(result.msBeforeNext, window.length);
    if (result.msBeforeNext > window.length + 1000) await limiter.set(key, used, Math.ceil(left / 1000));
    return used === 0 ? { used } : { used, ends: window.now + left };
  }

  return {
    add,
    get,
    async take(key, points, most, window) {
      const after = await add(key, points, window);
      if (after.used <= most) return { ...after, taken: true };
      await limiter.reward(keyOf(key), points);
      const used = after.used - points;
      const ends = used === 0 || after.ends === undefined ? {} : { ends: after.ends };
      return { used, ...ends, taken: false };
    },
  };
}

function keyOf(key: string): string {
  return key.length <= LONGEST_KEY ? key : createHash('sha256').update(key).digest('hex');
}
