import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fence } from '../../src/store/leases.ts';
import type { SceneStore } from '../../src/store/scene-store.ts';
import { SOON } from '../support/soon.ts';

/** Milliseconds: longer than any test, and over almost at once. */
const LONG = 60_000;
const BRIEF = 1;

/** What the leases of every `SceneStore` must do; run by the tests of each kind of store. */
export function describeLeases(name: string, open: () => Promise<SceneStore>): void {
  describe(`leases: ${name}`, () => {
    let store: SceneStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(async () => {
      await store.close();
    });

    const take = (lease: string, holder = 'a', ms = LONG) => taken(store, lease, holder, ms);

    test('are taken by one at a time', async () => {
      const lease = newLease();
      const fence = await take(lease);
      expect(fence).toEqual({ lease, token: expect.any(Number) });
      expect(await store.leases.take(lease, 'b', LONG)).toBeUndefined();
      expect(await store.leases.take(lease, 'a', LONG)).toBeUndefined();
    });

    test('of one name say nothing about another', async () => {
      const lease = newLease();
      await take(lease);
      await take(`${lease}/1`, 'b');
      expect((await heldNow(store, [lease, `${lease}/1`])).map(({ holder }) => holder)).toEqual(['a', 'b']);
    });

    test('are free once they are given back, and the next token is higher', async () => {
      const lease = newLease();
      const first = await take(lease);
      await store.leases.release(first);
      expect(await heldNow(store, [lease])).toEqual([]);
      const second = await take(lease, 'b');
      expect(second.token).toBeGreaterThan(first.token);
    });

    test('are free once their time is over, and the next token is higher', async () => {
      const lease = newLease();
      const first = await take(lease, 'a', BRIEF);
      const second = await takeWhenFree(store, lease, 'b');
      expect(second.token).toBeGreaterThan(first.token);
    });

    test('are held for longer when they are renewed', async () => {
      const lease = newLease();
      const fence = await take(lease, 'a', 10_000);
      const [before] = await heldNow(store, [lease]);
      expect(await store.leases.renew([fence], LONG)).toEqual([true]);
      const [after] = await heldNow(store, [lease]);
      expect(after).toMatchObject({ lease, holder: 'a', token: fence.token });
      expect(before?.msLeft).toBeLessThanOrEqual(10_000);
      expect(after?.msLeft).toBeGreaterThan(10_000);
      expect(after?.msLeft).toBeLessThanOrEqual(LONG);
    });

    test('that were lost are not renewed, each told on its own', async () => {
      const [kept, given, stolen] = [newLease(), newLease(), newLease()];
      const fences = [await take(kept), await take(given), await take(stolen, 'a', BRIEF)];
      await store.leases.release(fences[1] as Fence);
      await takeWhenFree(store, stolen, 'b');
      expect(await store.leases.renew(fences, LONG)).toEqual([true, false, false]);
      expect(await store.leases.renew([], LONG)).toEqual([]);
      expect((await heldNow(store, [stolen])).map(({ holder }) => holder)).toEqual(['b']);
    });

    test('that another took are not given back by whoever had them', async () => {
      const lease = newLease();
      const first = await take(lease, 'a', BRIEF);
      const second = await takeWhenFree(store, lease, 'b');
      await store.leases.release(first);
      expect(await heldNow(store, [lease])).toMatchObject([{ holder: 'b', token: second.token }]);
      await store.leases.release(second);
      await store.leases.release(second);
      expect(await heldNow(store, [lease])).toEqual([]);
    });

    test('of two takings at once, one gets it', async () => {
      for (const lease of Array.from({ length: 20 }, newLease)) {
        const takings = ['a', 'b', 'c', 'd'].map((holder) => store.leases.take(lease, holder, LONG));
        expect((await Promise.all(takings)).filter(Boolean)).toHaveLength(1);
      }
    });

    test('whose time is over are not listed', async () => {
      const lease = newLease();
      await take(lease, 'a', BRIEF);
      await expect.poll(() => heldNow(store, [lease]), SOON).toEqual([]);
    });
  });
}

let leases = 0;

/** A name that no run before has used: stores elsewhere outlive a run. */
export function newLease(): string {
  leases += 1;
  return `lab/${process.pid}-${Date.now()}-${leases}`;
}

/** Takes a lease that must be free. */
export async function taken(store: SceneStore, lease: string, holder = 'a', ms = LONG): Promise<Fence> {
  const fence = await store.leases.take(lease, holder, ms);
  if (!fence) throw new Error(`Somebody holds ${lease}.`);
  return fence;
}

/** Takes a lease as soon as whoever has it has lost it, as another process does. */
export async function takeWhenFree(store: SceneStore, lease: string, holder: string): Promise<Fence> {
  for (;;) {
    const fence = await store.leases.take(lease, holder, LONG);
    if (fence) return fence;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Who holds these leases now, in this order. */
async function heldNow(store: SceneStore, names: readonly string[]) {
  const held = await store.leases.held();
  return names.flatMap((name) => held.filter(({ lease }) => lease === name));
}
