import { DatabaseSync } from 'node:sqlite';
import { type Beat, beatSchema } from '../scene/beat.ts';
import type { Counters } from './counters.ts';
import { type Texts, UNREADABLE } from './keyv-entries.ts';
import { readPages } from './read-pages.ts';
import { type DocumentKind, type SceneStore, StoreError } from './scene-store.ts';
import { createSqliteCounters } from './sqlite-counters.ts';

export type EntryKind = 'beat' | DocumentKind;

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
};

/** Where entries are kept. Each kind has keys of its own. */
export type EntryConnection = {
  /** Called once a kind, when it is first needed. */
  open(kind: EntryKind): Entries;
  /** What was used of budgets; absent: in memory. */
  readonly counters?: Counters;
  /** Values are sealed, or nothing of them outlives the process. */
  readonly keepsSecrets?: boolean;
  /** As the store's `purge`. */
  purge?(quickly?: boolean): Promise<void>;
  close(): Promise<void>;
};

/** Beats removed at once. */
const BATCH = 256;

/** Digits of a beat number in its key, so that keys sort as beats do. */
const DIGITS = 10;

/**
 * A `SceneStore` on Keyv. A beat is one entry, `<scene>/<n>`; nothing else changes when one is
 * appended. The log's length is searched once (`findLength`) and then kept in memory, which is why
 * a store must have one writing process.
 *
 * Beats pass their schema on the way in as well: what it does not name (a draft's plan, say) cannot
 * get into the log, and what was written can be read back.
 */
export function createSceneStore(connection: EntryConnection): SceneStore {
  const opened = new Map<EntryKind, Entries>();
  /** By scene: the log's length once all that was asked for before has been done. */
  const lengths = new Map<string, Promise<number>>();
  const counters = connection.counters ?? createSqliteCounters(new DatabaseSync(':memory:'));

  function entries(kind: EntryKind): Entries {
    const known = opened.get(kind) ?? connection.open(kind);
    opened.set(kind, known);
    return known;
  }

  const hasBeat = (scene: string, n: number) => entries('beat').has(beatKey(scene, n));

  function lengthOf(scene: string): Promise<number> {
    const known = lengths.get(scene);
    if (known !== undefined) return known;
    const found = findLength((n) => hasBeat(scene, n));
    remember(scene, found);
    return found;
  }

  function remember(scene: string, length: Promise<number>): void {
    lengths.set(scene, length);
    length.catch(() => {
      if (lengths.get(scene) === length) lengths.delete(scene);
    });
  }

  /**
   * Queues a change of a scene's log behind those before it. `step` gets the length and resolves to
   * the new one; where it fails, `recover` tells the length.
   */
  function change(
    scene: string,
    step: (length: number) => Promise<number>,
    recover: (length: number) => number | Promise<number>,
  ): Promise<number> {
    const before = lengthOf(scene);
    const done = before.then(step);
    remember(
      scene,
      done.catch(async () => recover(await before)),
    );
    return done;
  }

  async function writeBeat(scene: string, beat: Beat): Promise<void> {
    const checked = beatSchema.safeParse(beat);
    if (!checked.success)
      throw new StoreError(`Beat ${beat.n} of scene ${scene} is not a beat: nothing was stored.`);
    await entries('beat').set(beatKey(scene, beat.n), checked.data);
  }

  return {
    append: (scene, beat) =>
      attempt(`store beat ${beat.n} of scene ${scene}`, async () => {
        await change(
          scene,
          async (length) => {
            if (beat.n !== length + 1) {
              throw new StoreError(
                `Scene ${scene} has ${length} beats: the next is ${length + 1}, not ${beat.n}.`,
              );
            }
            await writeBeat(scene, beat);
            return beat.n;
          },
          // A write that failed counts as not done: the next beat of that number takes its place.
          (length) => length,
        );
      }),

    rewrite: (scene, beat) =>
      attempt(`rewrite beat ${beat.n} of scene ${scene}`, async () => {
        await change(
          scene,
          async (length) => {
            if (beat.n > length) throw new StoreError(`Scene ${scene} has no beat ${beat.n} to rewrite.`);
            await writeBeat(scene, beat);
            return length;
          },
          (length) => length,
        );
      }),

    async *read(scene, from = 1) {
      const fetch = (first: number, most: number) =>
        attempt(`read scene ${scene}`, async () => {
          const left = (await lengthOf(scene)) - first + 1;
          const keys = beatKeys(scene, first, Math.min(left, most));
          return { first, keys, values: keys.length === 0 ? [] : await entries('beat').getMany(keys) };
        });
      for await (const { first, keys, values } of readPages(Math.max(1, from), fetch)) {
        for (const [i, key] of keys.entries()) yield checkBeat(key, first + i, values[i]);
      }
    },

    erase: (scene) =>
      attempt(`erase scene ${scene}`, async () => {
        await change(
          scene,
          async (length) => {
            // From the end, so that a log cut short in between is still one without gaps.
            for (let left = length; left > 0; left -= BATCH) {
              const first = Math.max(1, left - BATCH + 1);
              await entries('delivery').deleteMany(deliveryKeys(scene, first, left - first + 1));
              await entries('beat').deleteMany(beatKeys(scene, first, left - first + 1));
            }
            return 0;
          },
          () => findLength((n) => hasBeat(scene, n)),
        );
        // Last: as long as it is there, an erasure that was cut short can be asked for again.
        await entries('scene').delete(scene);
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
        await entries(kind).set(id, value);
      }),

    remove: (kind, id) =>
      attempt(`remove ${kind} ${id}`, async () => {
        await entries(kind).delete(id);
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

/**
 * Length of a log without gaps, in O(log n) looks: doubling until a beat is missing, then halving.
 */
async function findLength(has: (n: number) => Promise<boolean>): Promise<number> {
  let missing = 1;
  while (await has(missing)) missing *= 2;
  let present = Math.floor(missing / 2);
  while (missing - present > 1) {
    const middle = Math.floor((present + missing) / 2);
    if (await has(middle)) present = middle;
    else missing = middle;
  }
  return present;
}

function beatKey(scene: string, n: number): string {
  return `${scene}/${String(n).padStart(DIGITS, '0')}`;
}

function beatKeys(scene: string, first: number, count: number): string[] {
  return Array.from({ length: Math.max(0, count) }, (_, i) => beatKey(scene, first + i));
}

function deliveryKeys(scene: string, first: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${scene}/${first + i}`);
}

function checkBeat(key: string, n: number, value: unknown): Beat {
  const checked = beatSchema.safeParse(value);
  if (!checked.success || checked.data.n !== n) throw corrupt(`beat ${key}`);
  return checked.data;
}

function corrupt(entry: string): StoreError {
  return new StoreError(
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
  return new StoreError(`Could not ${doing}: check that the store is up and its disk is not full.`, error);
}
