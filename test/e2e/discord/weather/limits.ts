import { expect } from 'vitest';
import { ALWAYS, EXECUTE } from './addresses.ts';
import type { Scenario } from './scenario.ts';

const soon = { 'retry-after': '0.005', 'x-ratelimit-scope': 'user' };
const refused = { message: 'You are being rate limited.', retry_after: 0.005, global: false };

/** What Discord’s limits do to a scene. */
export const limits: readonly Scenario[] = [
  {
    name: 'storm of 429 on one route',
    promise: 'lines wait as long as they are told to, and stand once and in order',
    async play({ fault, tells, says }) {
      for (let wave = 0; wave < 4; wave += 1) {
        fault({ ...EXECUTE, status: 429, headers: soon, body: refused, times: 5 });
        await tells();
      }
      says();
    },
  },
  {
    name: 'limit of a channel that no header tells of',
    promise: 'the same, though nothing announced it',
    double: { rateLimits: { clockScale: 0.005, webhooksPerChannel: { limit: 3, perSeconds: 60 } } },
    async play({ struck, tells, says }) {
      struck();
      for (let wave = 0; wave < 8; wave += 1) await tells();
      says();
    },
  },
  {
    name: 'global 429',
    promise: 'everything waits as long as it is told to; lines stand once and in order',
    async play({ fault, tells, says }) {
      const headers = { 'retry-after': '0.01', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' };
      fault({ match: /./, status: 429, headers, body: { ...refused, global: true }, times: 12 });
      for (let wave = 0; wave < 3; wave += 1) await tells();
      says();
    },
  },
  {
    name: '429 without a Retry-After header',
    promise: 'the time in the body is waited for, not none at all',
    async play({ fault, tells, says }) {
      fault({ ...EXECUTE, status: 429, body: { ...refused, retry_after: 0.02 }, times: 6 });
      for (let wave = 0; wave < 3; wave += 1) await tells();
      says();
    },
  },
  {
    name: '429 of the proxy in front of Discord: a page, no header',
    promise: 'a second is waited, and the line stands once',
    async play({ fault, tells, says }) {
      fault({ ...EXECUTE, status: 429, page: '<html><body>error code: 1015</body></html>', times: 2 });
      await tells();
      says();
    },
  },
  {
    name: '429 without end',
    promise:
      'the circuit breaker stops all requests long before Discord would shut the bot out; the scene pauses, and goes on by itself',
    pace: { refusedMost: 20, refusedStopMs: 100, refusedPauseMs: 2 },
    async play({ fault, tells, says, stage, status, logged }) {
      const storm = fault({ ...EXECUTE, status: 429, headers: { 'retry-after': '0' }, times: ALWAYS });
      expect(await tells()).toBe(false);
      expect(stage().health().flow).toBe('stopped');
      expect(storm.hits()).toBeLessThanOrEqual(20);
      says();
      const stops = () => logged.filter(({ event }) => event === 'requests-stopped').length;
      await expect.poll(stops, { timeout: 5000 }).toBe(2);
      expect(storm.hits()).toBeLessThanOrEqual(20 * 2);
      storm.remove();
      await expect.poll(status, { timeout: 5000 }).toBe('playing');
      await expect.poll(() => stage().health().flow).toBe('free');
    },
  },
  {
    name: '403 to everything that is asked',
    promise:
      'a channel that refuses is left alone for a while, however often somebody presses; the scene goes on when a person says so then',
    pace: { refusedMost: 20, refusedStopMs: 100, refusedPauseMs: 2, refusedMs: 50 },
    async play({ fault, tells, says, double, channel, alice, status }) {
      const body = { code: 50013, message: 'Missing Permissions' };
      const wall = fault({ match: /^\/(channels|webhooks|guilds)\//, status: 403, body, times: ALWAYS });
      expect(await tells()).toBe(false);
      for (let tried = 0; tried < 30; tried += 1) double.slash(channel, alice, 'scene continue');
      await expect.poll(wall.hits).toBeGreaterThan(0);
      wall.remove();
      await expect
        .poll(
          async () => {
            if ((await status()) !== 'playing')
              await double.replied(double.slash(channel, alice, 'scene continue'));
            return status();
          },
          { timeout: 5000, interval: 60 },
        )
        .toBe('playing');
      says();
    },
  },
];
