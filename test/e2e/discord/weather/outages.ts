import { expect } from 'vitest';
import { createRandom } from '../../../../src/judge/stats/random.ts';
import type { Fault } from '../../../doubles/discord/wire/faults.ts';
import { ALWAYS, EXECUTE, READ } from './addresses.ts';
import type { Evening } from './evening.ts';
import type { Scenario } from './scenario.ts';

/** A longer evening, or another one, is asked for in the environment. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 15);
const SEED = Number(process.env['SEED'] ?? 1);

/** Discord answers wrongly, late, or not at all. */
export const outages: readonly Scenario[] = [
  {
    name: '5xx before anything took effect',
    promise: 'the line is looked for, not found, and posted again: it stands once',
    async play({ fault, tells, says }) {
      fault({ ...EXECUTE, status: 503, times: 3 });
      await tells();
      says();
    },
  },
  {
    name: '5xx after it took effect',
    promise: 'the line is found, and not posted again',
    async play({ fault, tells, tellsAtLength, says }) {
      fault({ ...EXECUTE, status: 502, afterEffect: true, times: 3 });
      await tells();
      await tellsAtLength();
      says();
    },
  },
  {
    name: '5xx as a page of a proxy',
    promise: 'the same as any 5xx',
    async play({ fault, tells, says }) {
      fault({ ...EXECUTE, status: 502, page: '<html>502 Bad Gateway</html>', times: 2 });
      await tells();
      says();
    },
  },
  {
    name: 'answers that break off',
    promise: 'the line took effect all the same: it is found',
    async play({ fault, tells, says }) {
      fault({ ...EXECUTE, cutBody: true, times: 2 });
      await tells();
      says();
    },
  },
  {
    name: 'a page where an answer should be',
    promise: 'nobody knows what became of the line: it is looked for, and stands once',
    async play({ fault, tells, says }) {
      fault({ ...EXECUTE, status: 200, page: '<html>Please wait</html>' });
      await tells();
      says();
    },
  },
  {
    name: 'answers that come too late',
    promise: 'after the time to wait the line is looked for; one that took effect late is not doubled',
    pace: { timeoutMs: 100, echoMs: 200 },
    async play({ fault, tells, says }) {
      fault({ ...EXECUTE, delayMs: 150, afterEffect: true });
      await tells();
      fault({ ...EXECUTE, delayMs: 150 });
      await tells();
      says();
    },
  },
  {
    name: 'connections cut before and after an effect',
    promise: 'each line stands once',
    async play({ fault, tells, says }) {
      fault({ ...EXECUTE, destroy: true });
      await tells();
      fault({ ...EXECUTE, destroy: true, afterEffect: true });
      await tells();
      says();
    },
  },
  {
    name: 'no connection at all for a while',
    promise: 'the scene pauses, reads up on what was said meanwhile, and goes on by itself',
    mostRequests: 200,
    async play({ struck, tells, says, double }) {
      struck();
      await double.stop();
      says();
      expect(await tells()).toBe(false);
      says();
      double.gateway.forgetSessions();
      await double.start();
    },
  },
  {
    name: '401 to whatever the bot asks, for a while',
    promise: 'the token is not thrown away: the scene goes on by itself when Discord takes it again',
    async play({ fault, tells, says, double, status }) {
      fault({ ...EXECUTE, status: 502, afterEffect: true });
      double.gateway.hold();
      const wall = fault({
        ...READ,
        status: 401,
        body: { code: 0, message: '401: Unauthorized' },
        times: ALWAYS,
      });
      expect(await tells()).toBe(false);
      expect(wall.hits()).toBeGreaterThan(0);
      double.gateway.release();
      says();
      wall.remove();
      await expect.poll(status, { timeout: 5000 }).toBe('playing');
    },
  },
  {
    name: '401 when a channel is read after an outage',
    promise: 'nothing newer is heard before what was missed',
    async play({ fault, says, double, logged }) {
      const wall = fault({
        ...READ,
        status: 401,
        body: { code: 0, message: '401: Unauthorized' },
        times: ALWAYS,
      });
      await afterAnOutage({ says, double });
      await expect.poll(wall.hits).toBeGreaterThan(0);
      says();
      await expect
        .poll(() => logged.filter(({ event }) => event === 'catch-up-failed').length)
        .toBeGreaterThan(1);
      wall.remove();
    },
  },
  {
    name: 'the circuit breaker is open when a channel is to be read after an outage',
    promise: 'the same',
    pace: { refusedMost: 4, refusedStopMs: 400, refusedPauseMs: 0 },
    async play({ fault, says, tells, double, stage, status }) {
      const storm = fault({ ...EXECUTE, status: 429, headers: { 'retry-after': '0' }, times: ALWAYS });
      expect(await tells()).toBe(false);
      storm.remove();
      expect(stage().health().flow).toBe('stopped');
      await afterAnOutage({ says, double });
      says();
      await expect.poll(status, { timeout: 5000 }).toBe('playing');
    },
  },
  {
    name: 'the store is gone for a while, and not Discord',
    promise: 'what was said meanwhile is heard when it is back, in order',
    async play(evening) {
      const { says, line, calm, logged } = evening;
      says();
      await line('Answer-1.');
      await calm();
      const back = evening.losesStore();
      says();
      await expect.poll(() => logged.some(({ event }) => event === 'hearing-failed')).toBe(true);
      says();
      back();
    },
  },
  {
    name: '503 for as long as it takes',
    promise: 'the scene pauses, is tried again after longer and longer waits, and goes on by itself',
    mostRequests: 200,
    async play({ fault, tells, says, status }) {
      const outage = fault({ ...EXECUTE, status: 503, times: ALWAYS });
      expect(await tells()).toBe(false);
      says();
      outage.remove();
      await expect.poll(status, { timeout: 5000 }).toBe('playing');
    },
  },
  {
    name: 'Discord’s clock ten minutes behind ours',
    promise: 'a line whose answer was lost is found all the same',
    double: { clockAheadMs: -600_000 },
    async play({ fault, tells, says, double }) {
      await tells();
      // The gateway tells of nothing, so it is looked for in the channel.
      double.gateway.hold();
      fault({ ...EXECUTE, status: 502, afterEffect: true });
      await tells();
      double.gateway.release();
      says();
    },
  },
  {
    name: 'Discord’s clock ten minutes ahead of ours',
    promise: 'the same, and what is said after an outage is heard',
    double: { clockAheadMs: 600_000 },
    async play({ fault, tells, says, double }) {
      double.gateway.hold();
      fault({ ...EXECUTE, status: 502, afterEffect: true });
      await tells();
      double.gateway.release();
      await double.stop();
      says();
      double.gateway.forgetSessions();
      await double.start();
    },
  },
  {
    name: 'Discord’s clock behind ours, and an outage at the start of a scene',
    promise: 'what is said in the first minutes is heard although nothing told of it',
    double: { clockAheadMs: -600_000 },
    async play({ struck, says, double }) {
      struck();
      await double.stop();
      says();
      double.gateway.forgetSessions();
      await double.start();
    },
  },
  {
    name: 'an evening on which something goes wrong with every third request',
    promise:
      'every word is heard and stands once, there is one card and one webhook, and no command is done twice',
    mostRequests: ROUNDS * 15,
    mostMs: 20_000 + ROUNDS * 1000,
    async play({ fault, tells, says, status, double, channel, calm, messagesWith }) {
      const chance = createRandom(SEED);
      for (let round = 0; round < ROUNDS; round += 1) {
        const met = [1, 2, 3].map(() => fault({ match: /./, ...pick(ILLS, chance) }));
        if (chance() < 0.5) says();
        const told = await tells();
        for (const one of met) one.remove();
        if (!told) await expect.poll(status, { timeout: 5000 }).toBe('playing');
        if (chance() < 0.15) double.gateway.drop();
      }
      await calm();
      expect(double.webhooksIn(channel)).toHaveLength(1);
      expect(messagesWith('dramatis:join')).toHaveLength(1);
    },
  },
];

/** The session was lost, and nothing tells of what was said meanwhile. */
async function afterAnOutage({ says, double }: Pick<Evening, 'says' | 'double'>): Promise<void> {
  const since = double.position();
  await double.stop();
  says();
  double.gateway.forgetSessions();
  await double.start();
  await double.waitFor('session-started', () => true, { since });
}

const ILLS: readonly Omit<Fault, 'match'>[] = [
  { status: 500 },
  { status: 502, afterEffect: true },
  { status: 503, page: '<html>503</html>' },
  { status: 429, headers: { 'retry-after': '0.005' } },
  { status: 429, body: { retry_after: 0.005 } },
  { destroy: true },
  { destroy: true, afterEffect: true },
  { cutBody: true },
  { delayMs: 500, afterEffect: true },
];

function pick<T>(from: readonly T[], chance: () => number): T {
  return from[Math.floor(chance() * from.length)] as T;
}
