import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Holding, holdLease } from '../../../src/fleet/holding.ts';
import { createLocalLeases, type Leases } from '../../../src/store/leases.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const TIMES = { leaseMs: 8000, renewMs: 2000, marginMs: 2000, monotonic: () => Date.now() };

async function held(leases: Leases): Promise<Holding> {
  const fence = await leases.take('it', 'me', 8000);
  if (!fence) throw new Error('somebody holds it');
  return holdLease(leases, fence, Date.now(), TIMES);
}

/** Leases whose store can go away: it fails, or never answers. */
function leasesOfAStore() {
  const leases = createLocalLeases(() => Date.now());
  const store = { is: 'there' as 'there' | 'away' | 'silent' };
  return {
    leases,
    store,
    seen: {
      ...leases,
      async renew(...asked: Parameters<Leases['renew']>) {
        if (store.is === 'away') throw new Error('the store is away');
        if (store.is === 'silent') return new Promise<never>(() => {});
        return leases.renew(...asked);
      },
    },
  };
}

describe('a lease that is held', () => {
  test('is renewed for as long as the store is there', async () => {
    const { leases } = leasesOfAStore();
    const holding = await held(leases);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(holding.isHeld()).toBe(true);
    expect(holding.lost.aborted).toBe(false);
    expect(await leases.take('it', 'another', 8000)).toBeUndefined();
    await holding.release();
  });

  test('is given back at once when it is released, and held no more', async () => {
    const { leases } = leasesOfAStore();
    const holding = await held(leases);
    await holding.release();
    expect(holding.isHeld()).toBe(false);
    expect(await leases.take('it', 'another', 8000)).toBeDefined();
  });

  test.each(['away', 'silent'] as const)(
    'of a store that is %s is lost before anybody else can have it, and not at once',
    async (how) => {
      const { leases, store, seen } = leasesOfAStore();
      const holding = await held(seen);
      await vi.advanceTimersByTimeAsync(10_000);
      store.is = how;
      await vi.advanceTimersByTimeAsync(3000);
      expect(holding.isHeld()).toBe(true);
      let takenAt: number | undefined;
      let lostAt: number | undefined;
      holding.lost.addEventListener('abort', () => {
        lostAt = Date.now();
      });
      for (let step = 0; step < 100 && takenAt === undefined; step += 1) {
        await vi.advanceTimersByTimeAsync(100);
        if (await leases.take('it', 'another', 8000)) takenAt = Date.now();
      }
      expect(takenAt).toBeDefined();
      expect(lostAt).toBeDefined();
      expect(lostAt ?? 0).toBeLessThan(takenAt ?? 0);
      expect(holding.isHeld()).toBe(false);
    },
  );

  test('is lost where another took it', async () => {
    const { leases } = leasesOfAStore();
    const holding = await held(leases);
    await leases.release(holding.fence);
    await leases.take('it', 'another', 8000);
    await vi.advanceTimersByTimeAsync(2100);
    expect(holding.lost.aborted).toBe(true);
  });

  test('of a process that stood still is over before any of its timers runs', async () => {
    const { leases } = leasesOfAStore();
    const holding = await held(leases);
    // The clock goes on and nothing runs, as where the process was stopped.
    vi.setSystemTime(Date.now() + 20_000);
    expect(holding.isHeld()).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(holding.lost.aborted).toBe(true);
  });
});
