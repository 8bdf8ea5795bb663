import { DatabaseSync } from 'node:sqlite';
import { type Beat, beatSchema } from '../scene/beat.ts';
import { beatKey, beatKeys } from './beat-keys.ts';
import type { Counters } from './counters.ts';
import { type Changes, type Guard, type GuardedWrites, isTold, TakenError } from './guarded-writes.ts';
import { type Texts, UNREADABLE } from './keyv-entries.ts';
import { createLocalLeases, type Fence, type Leases } from './leases.ts';
import { createLogLengths, findLength } from './log-lengths.ts';
import { readPages } from './read-pages.ts';
import { DamagedError, type DocumentKind, type SceneStore, StoreError } from './scene-store.ts';
import { createSqliteCounters } from './sqlite-counters.ts';
import { whatToDoOf } from './sqlite-failure.ts';

/** `meta`: what is noted of the store itself, never sealed. */
export type EntryKind = 'beat' | 'meta' | DocumentKind;

/** What a store does with the entries of one kind: a Keyv, or something around one. */
export type Entries = {
  has(key: string): Promise<boolean>;
  get(key: string): Promise<unknown>;
  getMany(keys: string[]): Promise<unknown[]>;
  /** As `getMany`, but what the adapter holds, unread; absent where it holds no text. */
  texts?: Texts | undefined;
  set(key: string, value: unknown): Promise<boolean>;
  delete(key: string): Promise<boolean>;
  deleteMany(keys: string[]): Promise<boolean>;
  iterator?: ((namespace?: string) => AsyncIterable<[key: string, stored: unknown]>) | undefined;
  /** Writes with a check in the same step; absent where no other process can use the store. */
  guarded?: GuardedWrites | undefined;
};

/** Where entries are kept. Each kind has keys of its own. */
export type EntryConnection = {
  /** Called once a kind, when it is first needed. */
  open(kind: EntryKind): Entries;
  /** What was used of budgets; absent: in memory. */
  readonly counters?: Counters;
  /** Absent: no other process can use it. */
  readonly leases?: Leases;
  readonly watch?: Changes['watch'];
  /** Values are sealed, or nothing of them outlives the process. */
  readonly keepsSecrets?: boolean;
  /** Copies all of it beside itself, under a name that ends so; absent where that is the server's business. */
  keepCopy?(ending: string): void;
  /** As the store's `purge`. */
  purge?(quickly?: boolean): Promise<void>;
  close(): Promise<void>;
};

/** Beats removed at once. */
const BATCH = 256;

/**
 * A `SceneStore` on Keyv. A beat is one entry, `<scene>/<n>`; nothing else changes when one is
 * appended. The log's length is searched once (`findLength`) and then kept in memory until the log is
 * let go. Where other processes can use the store, an append is refused whose number another took.
 *
 * Beats pass their schema on the way in as well: what it does not name (a draft's plan, say) cannot
 * get into the log, and what was written can be read back.
 */
export function createSceneStore(connection: EntryConnection): SceneStore {
  const opened = new Map<EntryKind, Entries>();
  const counters = connection.counters ?? createSqliteCounters(new DatabaseSync(':memory:'));

  function entries(kind: EntryKind): Entries {
    const known = opened.get(kind) ?? connection.open(kind);
    opened.set(kind, known);
    return known;
  }

  const hasBeat = (scene: string, n: number) => entries('beat').has(beatKey(scene, n));

  function checkedBeat(scene: string, beat: Beat): Beat {
    const checked = beatSchema.safeParse(beat);
    if (checked.success) return checked.data;
    throw new StoreError(`Beat ${beat.n} of scene ${scene} is not a beat: nothing was stored.`);
  }

  async function set(kind: EntryKind, key: string, value: unknown, guard: Guard): Promise<void> {
    const all = entries(kind);
    const checks = guard.fence !== undefined || guard.absentBut !== undefined || guard.after !== undefined;
    if (all.guarded && (checks || isTold(kind))) await all.guarded.set(key, value, guard);
    else await all.set(key, value);
  }

  async function remove(kind: EntryKind, keys: string[], fence: Fence | undefined): Promise<void> {
    const all = entries(kind);
    if (all.guarded && (fence || isTold(kind))) await all.guarded.delete(keys, { fence });
    else if (keys.length === 1) await all.delete(keys[0] ?? '');
    else await all.deleteMany(keys);
  }

  const ofStore = connection.leases ?? createLocalLeases();
  const leases: Leases = {
    take: (...asked) => attempt('take a lease', () => ofStore.take(...asked)),
    renew: (...asked) => attempt('renew a lease', () => ofStore.renew(...asked)),
    release: (...asked) => attempt('release a lease', () => ofStore.release(...asked)),
    held: () => attempt('read who holds what', () => ofStore.held()),
  };

  /** @param fence the lease under which everything is written; without one: as whoever is alone */
  function storeUnder(fence?: Fence): SceneStore {
    // Of its own: what another process wrote since an earlier lease is not what was remembered under that.
    const lengths = createLogLengths(hasBeat);
    /** By scene: a beat that may have been written although its append failed. The next of its number takes its place. */
    const unsure = new Map<string, { readonly n: number; readonly tried: string[] }>();

    /** The next beat of a log, under this lease. */
    async function appendBeat(scene: string, beat: Beat): Promise<void> {
      const value = checkedBeat(scene, beat);
      const before = unsure.get(scene);
      const tried = before?.n === beat.n ? before.tried : [];
      const after = beat.n > 1 ? beatKey(scene, beat.n - 1) : undefined;
      try {
        await set('beat', beatKey(scene, beat.n), value, { fence, absentBut: tried, after });
        unsure.delete(scene);
      } catch (error) {
        // What failed on its way may have arrived; what was refused did not.
        if (!(error instanceof StoreError)) unsure.set(scene, { n: beat.n, tried });
        throw error;
      }
    }

    return {
      append: (scene, beat) =>
        attempt(`store beat ${beat.n} of scene ${scene}`, async () => {
          await lengths.change(
            scene,
            async (length) => {
              if (beat.n !== length + 1) {
                throw new StoreError(
                  `Scene ${scene} has ${length} beats: the next is ${length + 1}, not ${beat.n}.`,
                );
              }
              await appendBeat(scene, beat);
              return beat.n;
            },
            // A write that failed counts as not done: the next beat of that number takes its place.
            (length, error) => (error instanceof TakenError ? findLength((n) => hasBeat(scene, n)) : length),
          );
        }),

      rewrite: (scene, beat) =>
        attempt(`rewrite beat ${beat.n} of scene ${scene}`, async () => {
          await lengths.change(
            scene,
            async (length) => {
              if (beat.n > length) throw new StoreError(`Scene ${scene} has no beat ${beat.n} to rewrite.`);
              await set('beat', beatKey(scene, beat.n), checkedBeat(scene, beat), { fence });
              return length;
            },
            (length) => length,
          );
        }),

      async *read(scene, from = 1) {
        const fetch = (first: number, most: number) =>
          attempt(`read scene ${scene}`, async () => {
            const left = (await lengths.of(scene)) - first + 1;
            const keys = beatKeys(scene, first, Math.min(left, most));
            return { first, keys, values: keys.length === 0 ? [] : await entries('beat').getMany(keys) };
          });
        for await (const { first, keys, values } of readPages(Math.max(1, from), fetch)) {
          for (const [i, key] of keys.entries()) yield checkBeat(key, first + i, values[i]);
        }
      },

      length: (scene) => attempt(`read scene ${scene}`, () => lengths.of(scene)),

      letGo(scene) {
        lengths.letGo(scene);
        unsure.delete(scene);
      },

      leases,

      under: storeUnder,

      watch: connection.watch ?? (() => () => {}),

      erase: (scene) =>
        attempt(`erase scene ${scene}`, async () => {
          await lengths.change(
            scene,
            async (length) => {
              // From the end, so that a log cut short in between is still one without gaps.
              for (let left = length; left > 0; left -= BATCH) {
                const first = Math.max(1, left - BATCH + 1);
                await remove('delivery', deliveryKeys(scene, first, left - first + 1), fence);
                await remove('beat', beatKeys(scene, first, left - first + 1), fence);
              }
              return 0;
            },
            () => findLength((n) => hasBeat(scene, n)),
          );
          // Last: as long as it is there, an erasure that was cut short can be asked for again.
          await remove('scene', [scene], fence);
        }),

      get: (kind, id) =>
        attempt(`read ${kind} ${id}`, async () => {
          const value = await entries(kind).get(id);
          if (value === UNREADABLE) throw corrupt(`${kind} ${id}`);
          return value;
        }),

      put: (kind, id, value) =>
        attempt(`store ${kind} ${id}`, async () => {
          if (value === undefined)
            throw new StoreError(`There is no ${kind} ${id} to store: remove it instead.`);
          await set(kind, id, value, { fence });
        }),

      remove: (kind, id) =>
        attempt(`remove ${kind} ${id}`, async () => {
          await remove(kind, [id], fence);
        }),

      async *ids(kind) {
        // Redis may name a key twice while it rearranges its tables.
        const seen = new Set<string>();
        try {
          for await (const [id] of entries(kind).iterator?.(undefined) ?? []) {
            if (seen.has(id)) continue;
            seen.add(id);
            yield id;
          }
        } catch (error) {
          throw failed(`list the ${kind} documents`, error);
        }
      },

      counters: {
        take: (key, points, most, window) => attempt('count', () => counters.take(key, points, most, window)),
        add: (key, points, window) => attempt('count', () => counters.add(key, points, window)),
        get: (key, window) => attempt('read a count', () => counters.get(key, window)),
      },
      keepsSecrets: connection.keepsSecrets ?? false,

      purge: (quickly) => attempt('purge', async () => connection.purge?.(quickly)),

      close: () => attempt('close', () => connection.close()),
    };
  }
  return storeUnder();
}

function deliveryKeys(scene: string, first: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${scene}/${first + i}`);
}

function checkBeat(key: string, n: number, value: unknown): Beat {
  const checked = beatSchema.safeParse(value);
  if (!checked.success || checked.data.n !== n) throw corrupt(`beat ${key}`);
  return checked.data;
}

function corrupt(entry: string): DamagedError {
  return new DamagedError(
    `The stored ${entry} is damaged or missing: restore the store from a copy, or erase the scene it belongs to.`,
  );
}

async function attempt<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failed(doing, error);
  }
}

/** An adapter's own error becomes one line that holds no text of a scene. */
function failed(doing: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const todo = whatToDoOf(error) ?? 'check that the store is up and its disk is not full';
  return new StoreError(`Could not ${doing}: ${todo}.`, error);
}
