import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OperatorError } from '../../../src/errors.ts';
import type { FleetShape } from '../../../src/fleet/groups.ts';
import { createIdentifyTurns } from '../../../src/fleet/identify-turns.ts';
import { type Taken, takeGroup } from '../../../src/fleet/take-group.ts';
import { createLocalLeases, type Leases } from '../../../src/store/leases.ts';
import { StoreError } from '../../../src/store/scene-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SHAPE: FleetShape = { shards: 3, perProcess: 1 };
const signal = new AbortController().signal;
const times = { monotonic: () => Date.now() };

function one(leases: Leases, name: string, machine: string, shape = SHAPE): Promise<Taken> {
  return takeGroup({ leases, shape, holder: name, machine, signal, times });
}

test('each group is served by one process, the next stands by, and takes over what one leaves', async () => {
  const leases = createLocalLeases(() => Date.now());
  const taking = ['a', 'b', 'c'].map((name) => one(leases, name, name));
  await vi.advanceTimersByTimeAsync(3000);
  const taken = await Promise.all(taking);
  expect(new Set(taken.map(({ group }) => group.name)).size).toBe(3);

  const stoodBy = vi.fn();
  const fourth = takeGroup({
    leases,
    shape: SHAPE,
    holder: 'd',
    machine: 'd',
    signal,
    times,
    standsBy: stoodBy,
  });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(stoodBy).toHaveBeenCalledTimes(1);
  await taken[1]?.holding.release();
  await vi.advanceTimersByTimeAsync(1000);
  expect((await fourth).group).toEqual(taken[1]?.group);
  expect((await fourth).holding.fence.token).toBeGreaterThan(taken[1]?.holding.fence.token ?? 0);
});

test('machines that begin together share the groups', async () => {
  const leases = createLocalLeases(() => Date.now());
  const shape = { shards: 4, perProcess: 1 };
  const first = [one(leases, '1', 'north', shape), one(leases, '1', 'south', shape)];
  await vi.advanceTimersByTimeAsync(100);
  const second = [one(leases, '2', 'north', shape), one(leases, '2', 'south', shape)];
  await vi.advanceTimersByTimeAsync(5000);
  await Promise.all([...first, ...second]);
  const holders = (await leases.held()).map(({ holder }) => holder.split('/')[0]).sort();
  expect(holders).toEqual(['north', 'north', 'south', 'south']);
});

test('where other processes split the servers otherwise nothing is taken', async () => {
  const leases = createLocalLeases(() => Date.now());
  await one(leases, 'a', 'a');
  await expect(one(leases, 'b', 'b', { shards: 4, perProcess: 2 })).rejects.toThrow(OperatorError);
  expect(await leases.held()).toHaveLength(1);
});

test('shards of all processes identify one after another, as many at once as Discord allows', async () => {
  const leases = createLocalLeases(() => Date.now());
  const began = Date.now();
  const identified: [shard: number, at: number][] = [];
  const waits = [0, 1, 2, 3].map(async (shard) => {
    await createIdentifyTurns(leases, `process ${shard}`)(shard, 2, signal);
    identified.push([shard, Date.now() - began]);
  });
  await vi.advanceTimersByTimeAsync(20_000);
  await Promise.all(waits);
  const at = Object.fromEntries(identified);
  expect([at[0], at[1]]).toEqual([0, 0]);
  expect(at[2]).toBeGreaterThanOrEqual(5000);
  expect(at[3]).toBeGreaterThanOrEqual(5000);
});

test('a store that is away is waited for', async () => {
  const leases = createLocalLeases(() => Date.now());
  let away = true;
  const seen: Leases = {
    ...leases,
    held: async () => {
      if (away) throw new StoreError('Could not be reached: the test has it so.');
      return leases.held();
    },
  };
  const taking = one(seen, 'a', 'a');
  await vi.advanceTimersByTimeAsync(5000);
  away = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect((await taking).group.shards).toEqual([0]);
});
