import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLocalLeases, type Fence, type Leases } from '../../../src/store/leases.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { newLease } from '../../contract/leases.ts';
import { all, line, newScene } from '../../contract/scene-store.ts';
import { openingStores } from '../../support/opening-stores.ts';
import { onSharedStores } from '../../support/shared-stores.ts';
import { SOON } from '../../support/soon.ts';
import { createLeaseModel } from './lease-model.ts';

const LONG = 600_000;
const PROCESSES = ['a', 'b', 'c'] as const;

/** What a process does next; `which` chooses among two leases, and the scene that is served under it. */
const step = fc.record({
  process: fc.constantFrom(...PROCESSES),
  which: fc.constantFrom(0, 1),
  does: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('take', 'take briefly', 'renew', 'renew briefly', 'release') },
    {
      weight: 6,
      arbitrary: fc.constantFrom('append', 'look and append', 'rewrite', 'put', 'remove', 'erase'),
    },
  ),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Both a lease of the store and what the model gave for it. */
type Given = { readonly real: Fence; readonly said: Fence };

/** Takes, renews and gives back leases, in the store as in the model; whether they say the same is checked. */
function leasing(leases: Leases, passed: (lease: string) => Promise<void>) {
  const model = createLeaseModel();
  const given = new Map<string, Given>();
  const highest = new Map<string, number>();

  return {
    model,
    of: (process: string, lease: string) => given.get(`${process} ${lease}`),
    async step({ process, does }: Step, lease: string): Promise<void> {
      const has = given.get(`${process} ${lease}`);
      const briefly = does.endsWith('briefly');
      if (does.startsWith('take')) {
        const said = model.take(lease, process, briefly ? 0 : LONG);
        const real = await leases.take(lease, process, briefly ? 1 : LONG);
        expect(real !== undefined).toBe(said !== undefined);
        if (!real || !said) return;
        expect(real.token).toBeGreaterThan(highest.get(lease) ?? 0);
        highest.set(lease, real.token);
        given.set(`${process} ${lease}`, { real, said });
      } else if (!has) return;
      else if (does.startsWith('renew')) {
        const said = model.renew(has.said, briefly ? 0 : LONG);
        expect(await leases.renew([has.real], briefly ? 1 : LONG)).toEqual([said]);
      } else {
        model.release(has.said);
        await leases.release(has.real);
      }
      if (briefly && !model.isHeld(lease)) await passed(lease);
    },
    /** Gives all of them back: a store elsewhere outlives a run. */
    async end(): Promise<void> {
      for (const { real } of given.values()) await leases.release(real);
    },
    async check(of: readonly string[]): Promise<void> {
      const held = (await leases.held()).filter(({ lease }) => of.includes(lease));
      expect(held.map(({ lease, holder }) => `${lease}: ${holder}`).toSorted()).toEqual(model.held());
    },
  };
}

const isOfLease = ({ does }: Step) => /take|renew|release/.test(does);

test('leases in memory do what is promised of leases', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      let now = 0;
      const leasesOf = leasing(
        createLocalLeases(() => now),
        async () => {
          now += 1;
        },
      );
      for (const each of steps.filter(isOfLease)) await leasesOf.step(each, `lease ${each.which}`);
      await leasesOf.check(['lease 0', 'lease 1']);
    }),
  );
});

/** Whoever took a lease once. `known`: how long it takes the log to be; undefined: it will look. */
type Owner = { readonly store: SceneStore; known: number | undefined };

/** A scene as it must be stored. */
type Scene = { readonly id: string; texts: string[]; record: string | undefined };

onSharedStores('processes that share a store', (url) => {
  const open = openingStores(url);

  test('write just what whoever holds the lease wrote, in whatever order all of it comes', async () => {
    const stores = new Map<string, SceneStore>();
    for (const process of PROCESSES) stores.set(process, await open());
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => play(stores, steps)),
      { numRuns: 150 },
    );
  });
});

async function play(stores: ReadonlyMap<string, SceneStore>, steps: readonly Step[]): Promise<void> {
  const [first] = stores.values();
  if (!first) throw new Error('There is no store.');
  const leases = [newLease(), newLease()];
  const scenes: Scene[] = [0, 1].map(() => ({ id: newScene(), texts: [], record: undefined }));
  const leasesOf = leasing(first.leases, async (lease) => {
    const names = async () => (await first.leases.held()).map((held) => held.lease);
    await expect.poll(names, SOON).not.toContain(lease);
  });
  const owners = new Map<Fence, Owner>();
  const ownerOf = ({ real }: Given, store: SceneStore): Owner => {
    const owner = owners.get(real) ?? { store: store.under(real), known: undefined };
    owners.set(real, owner);
    return owner;
  };

  for (const [i, each] of steps.entries()) {
    const [lease, scene] = [leases[each.which], scenes[each.which]];
    const store = stores.get(each.process);
    if (lease === undefined || !scene || !store) throw new Error('no such step');
    if (isOfLease(each)) {
      await leasesOf.step(each, lease);
      continue;
    }
    const has = leasesOf.of(each.process, lease);
    if (!has) continue;
    const may = leasesOf.model.isCurrent(has.said);
    const outcome = await write(ownerOf(has, store), scene, each.does, may, `${each.process} ${i}`);
    expect([each, outcome.done]).toEqual([each, outcome.expected]);
  }

  await leasesOf.check(leases);
  await leasesOf.end();
  for (const scene of scenes) {
    first.letGo(scene.id);
    expect(await all(first.read(scene.id))).toEqual(scene.texts.map((text, i) => line(i + 1, text)));
    expect(await first.get('scene', scene.id)).toEqual(scene.record);
  }
}

/** Does one write, and the same to the scene as it must be where it is expected to be done. */
async function write(
  owner: Owner,
  scene: Scene,
  does: Step['does'],
  may: boolean,
  text: string,
): Promise<{ done: boolean; expected: boolean }> {
  const { store } = owner;
  if (does !== 'append') {
    store.letGo(scene.id);
    owner.known = undefined;
  }
  const length = owner.known ?? scene.texts.length;
  const isDone = (work: Promise<void>) =>
    work.then(
      () => true,
      () => false,
    );
  switch (does) {
    case 'append':
    case 'look and append': {
      const expected = may && length === scene.texts.length;
      const done = await isDone(store.append(scene.id, line(length + 1, text)));
      if (expected) scene.texts.push(text);
      // Refused because of its number: it looks again. Refused because of the lease: it knows what it knew.
      owner.known = may ? scene.texts.length : length;
      return { done, expected };
    }
    case 'rewrite': {
      const expected = may && length > 0;
      const done = await isDone(store.rewrite(scene.id, line(length, text)));
      if (expected) scene.texts[length - 1] = text;
      owner.known = length;
      return { done, expected };
    }
    case 'erase': {
      const done = await isDone(store.erase(scene.id));
      if (may) Object.assign(scene, { texts: [], record: undefined });
      owner.known = scene.texts.length;
      return { done, expected: may };
    }
    case 'put': {
      const done = await isDone(store.put('scene', scene.id, text));
      if (may) scene.record = text;
      return { done, expected: may };
    }
    default: {
      const done = await isDone(store.remove('scene', scene.id));
      if (may) scene.record = undefined;
      return { done, expected: may };
    }
  }
}
