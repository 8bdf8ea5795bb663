import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { Counters, Window } from '../../../src/store/counters.ts';
import { createLimiterCounters, LIMITER_OPTIONS } from '../../../src/store/limiter-counters.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createSqliteCounters } from '../../../src/store/sqlite-counters.ts';

const HOUR = 3_600_000;
const START = 1_800_000_000_000;
const folder = mkdtempSync(join(tmpdir(), 'dramatis-counters-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.useRealTimers();
});

/** The hour that a moment is in. */
function hour(now: number): Window {
  return { now, length: HOUR, ends: (Math.floor(now / HOUR) + 1) * HOUR };
}

function inMemory(): Counters {
  return createSqliteCounters(new DatabaseSync(':memory:'));
}

const step = fc.record({
  key: fc.constantFrom('a', 'b'),
  op: fc.constantFrom('take', 'add', 'get'),
  points: fc.integer({ min: 1, max: 5 }),
  seconds: fc.integer({ min: 0, max: 5000 }),
});

test('counts as the library does, whatever is counted and whenever', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const ours = inMemory();
      const theirs = createLimiterCounters(new RateLimiterMemory(LIMITER_OPTIONS));
      let now = START;
      for (const { key, op, points, seconds } of steps) {
        now += seconds * 1000;
        vi.setSystemTime(now);
        const window = hour(now);
        const ask = (counters: Counters) =>
          op === 'take'
            ? counters.take(key, points, 12, window)
            : op === 'add'
              ? counters.add(key, points, window)
              : counters.get(key, window);
        expect(await ask(ours)).toEqual(await ask(theirs));
      }
    }),
    { numRuns: 60 },
  );
});

describe('a clock that is set back', () => {
  test('opens no budget early, and locks none for longer than its period', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: HOUR - 1 }),
        fc.integer({ min: 1, max: 100 * 24 * HOUR }),
        async (into, back) => {
          const counters = inMemory();
          const spent = START + into;
          const real = hour(spent).ends - spent;
          await counters.add('x', 10, hour(spent));
          const after = spent - back;
          const { used, ends } = await counters.get('x', hour(after));
          expect(used).toBe(10);
          // As time goes on from there.
          const left = (ends ?? 0) - after;
          expect(left).toBeGreaterThanOrEqual(Math.min(real, HOUR));
          expect(left).toBeLessThanOrEqual(HOUR);
          const later = after + left;
          expect((await counters.get('x', hour(later - 1))).used).toBe(10);
          expect((await counters.get('x', hour(later))).used).toBe(0);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('of a server that keeps time by itself it cuts the window all the same', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    vi.setSystemTime(START);
    const counters = createLimiterCounters(new RateLimiterMemory(LIMITER_OPTIONS));
    await counters.add('x', 10, hour(START));
    const before = START - 48 * HOUR;
    vi.setSystemTime(before);
    const { used, ends } = await counters.get('x', hour(before));
    expect(used).toBe(10);
    expect(ends).toBeLessThanOrEqual(before + HOUR);
    vi.setSystemTime(before + HOUR);
    expect((await counters.get('x', hour(before + HOUR))).used).toBe(0);
  });
});

test('what does not fit counts nothing', async () => {
  const counters = inMemory();
  expect(await counters.take('x', 1, 0, hour(START))).toEqual({ used: 0, taken: false });
  expect(await counters.take('x', 2, 3, hour(START))).toMatchObject({ used: 2, taken: true });
  expect(await counters.take('x', 2, 3, hour(START))).toMatchObject({ used: 2, taken: false });
  expect(await counters.take('x', 1, 3, hour(START))).toMatchObject({ used: 3, taken: true });
});

test('two processes that have one SQLite file open share what is counted', async () => {
  const file = join(folder, 'shared.db');
  const [one, other] = [new DatabaseSync(file, { timeout: 2000 }), new DatabaseSync(file, { timeout: 2000 })];
  const counters = [createSqliteCounters(one), createSqliteCounters(other)];
  const asked = Array.from({ length: 40 }, (_, i) => counters[i % 2]?.take('x', 1, 25, hour(START)));
  const taken = (await Promise.all(asked)).filter((counted) => counted?.taken);
  expect(taken).toHaveLength(25);
  expect((await counters[0]?.get('x', hour(START)))?.used).toBe(25);
  one.close();
  other.close();
});

test('what was used is still used after a restart', async () => {
  const url = `sqlite://${join(folder, 'restart.db')}`;
  const window = hour(Date.now());
  const first = await openStore(url);
  await first.counters.add('x', 7, window);
  await first.close();
  const second = await openStore(url);
  expect(await second.counters.get('x', window)).toEqual({ used: 7, ends: window.ends });
  await second.close();
});

describe.each([
  ['Redis', process.env['TEST_REDIS_URL']],
  ['PostgreSQL', process.env['TEST_POSTGRES_URL']],
])('on %s', (_name, url) => {
  const title = 'two connections share what is counted, and a restart forgets nothing';
  test.skipIf(!url)(url ? title : `${title} (set TEST_REDIS_URL, TEST_POSTGRES_URL to run it)`, async () => {
    const key = `test/${crypto.randomUUID()}${'x'.repeat(300)}`;
    const window = hour(Date.now());
    const [one, other] = [await openStore(url ?? ''), await openStore(url ?? '')];
    expect(await one.counters.get(key, window)).toEqual({ used: 0 });
    const asked = Array.from({ length: 20 }, (_, i) => (i % 2 ? one : other).counters.add(key, 1, window));
    await Promise.all(asked);
    expect(await one.counters.take(key, 5, 24, window)).toMatchObject({ used: 20, taken: false });
    expect(await one.counters.take(key, 4, 24, window)).toMatchObject({ used: 24, taken: true });
    await one.close();
    await other.close();
    const again = await openStore(url ?? '');
    const { used, ends } = await again.counters.get(key, window);
    expect(used).toBe(24);
    expect(Math.abs((ends ?? 0) - window.ends)).toBeLessThan(5000);
    await again.close();
  });
});
