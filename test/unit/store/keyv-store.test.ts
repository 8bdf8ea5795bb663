import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openEntries } from '../../../src/store/keyv-entries.ts';
import { createSceneStore } from '../../../src/store/keyv-store.ts';
import { StoreError } from '../../../src/store/scene-store.ts';
import { createSqliteAdapter } from '../../../src/store/sqlite-adapter.ts';
import { all, line, range, setting } from '../../contract/scene-store.ts';

/** A store over adapters that note what was asked of them, and can be made to fail. */
function watchedStore() {
  const database = new DatabaseSync(':memory:');
  const calls: { method: string; keys: number }[] = [];
  let broken = false;
  function watch<K extends string | readonly string[], Rest extends unknown[], R>(
    method: string,
    call: (keys: K, ...rest: Rest) => Promise<R>,
  ) {
    return async (keys: K, ...rest: Rest): Promise<R> => {
      calls.push({ method, keys: typeof keys === 'string' ? 1 : keys.length });
      if (broken) throw new Error('disk full: SECRET');
      return call(keys, ...rest);
    };
  }
  function open(kind: string) {
    const adapter = createSqliteAdapter(database, kind);
    const { get, getMany, set, has, deleteMany } = adapter;
    return Object.assign(adapter, {
      get: watch('get', get),
      getMany: watch('getMany', getMany),
      set: watch('set', set),
      has: watch('has', has),
      deleteMany: watch('deleteMany', deleteMany),
    });
  }
  const connect = () =>
    createSceneStore({ open: (kind) => openEntries(open(kind)), close: async () => database.close() });
  return {
    database,
    connect,
    breakDown: (state: boolean) => {
      broken = state;
    },
    /** Calls since the last look. */
    calls: () => calls.splice(0),
  };
}

const key = (n: number) => `s/${String(n).padStart(10, '0')}`;

describe('the cost of a log', () => {
  test('an append is one write and no read, at beat 10 as at beat 5,000', async () => {
    const { connect, calls } = watchedStore();
    const store = connect();
    for (const n of range(1, 9)) await store.append('s', setting(n));
    calls();
    await store.append('s', setting(10));
    expect(calls()).toEqual([{ method: 'set', keys: 1 }]);
    for (const n of range(11, 4999)) await store.append('s', setting(n));
    calls();
    await store.append('s', setting(5000));
    expect(calls()).toEqual([{ method: 'set', keys: 1 }]);
  });

  test('after a restart the length of 5,000 beats is found with 26 looks at most', async () => {
    const { connect, calls } = watchedStore();
    const before = connect();
    for (const n of range(1, 5000)) await before.append('s', setting(n));
    calls();
    const after = connect();
    await after.append('s', setting(5001));
    const looks = calls().filter((call) => call.method === 'has');
    expect(looks.length).toBeLessThanOrEqual(26);
    expect((await all(after.read('s', 5000))).map((beat) => beat.n)).toEqual([5000, 5001]);
  });

  test.each([0, 1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65])('a length of %i is found', async (length) => {
    const { connect } = watchedStore();
    const before = connect();
    for (const n of range(1, length)) await before.append('s', setting(n));
    await expect(connect().append('s', setting(length + 2))).rejects.toThrow(`has ${length} beats`);
    await connect().append('s', setting(length + 1));
  });

  test('a read fetches batch after batch, as far as it is followed', async () => {
    const { connect, calls } = watchedStore();
    const store = connect();
    for (const n of range(1, 1000)) await store.append('s', setting(n));
    calls();
    for await (const beat of store.read('s')) if (beat.n === 300) break;
    expect(calls()).toEqual([
      { method: 'getMany', keys: 256 },
      { method: 'getMany', keys: 256 },
    ]);
  });
});

describe('a store that fails', () => {
  test('an append that failed is not counted, and can be made again', async () => {
    const { connect, breakDown } = watchedStore();
    const store = connect();
    await store.append('s', setting(1));
    breakDown(true);
    await expect(store.append('s', setting(2))).rejects.toThrow(StoreError);
    await expect(store.append('s', setting(2))).rejects.not.toThrow('SECRET');
    breakDown(false);
    await store.append('s', setting(2));
    expect((await all(store.read('s'))).map((beat) => beat.n)).toEqual([1, 2]);
  });

  test('a length that could not be found is looked for again', async () => {
    const { connect, breakDown } = watchedStore();
    await connect().append('s', setting(1));
    const store = connect();
    breakDown(true);
    await expect(all(store.read('s'))).rejects.toThrow(StoreError);
    breakDown(false);
    await store.append('s', setting(2));
  });

  test('an erasure cut short leaves a log without gaps and the record, and can be made again', async () => {
    const { connect, database, breakDown } = watchedStore();
    const store = connect();
    for (const n of range(1, 600)) await store.append('s', setting(n));
    await store.put('scene', 's', { id: 's' });
    database.exec(`CREATE TRIGGER stop BEFORE DELETE ON beat WHEN old.key = '${key(100)}'
      BEGIN SELECT RAISE(ABORT, 'stopped'); END`);
    await expect(store.erase('s')).rejects.toThrow(StoreError);
    const left = (await all(store.read('s'))).length;
    expect(left).toBeGreaterThanOrEqual(100);
    expect(left).toBeLessThan(600);
    expect(await store.get('scene', 's')).toEqual({ id: 's' });
    database.exec('DROP TRIGGER stop');
    breakDown(false);
    await store.erase('s');
    expect(await all(connect().read('s'))).toEqual([]);
  });

  test('every method of a closed store says so with a StoreError', async () => {
    const store = watchedStore().connect();
    await store.put('scene', 's', {});
    await store.append('s', setting(1));
    await store.close();
    await expect(store.append('s', setting(2))).rejects.toThrow(StoreError);
    await expect(store.rewrite('s', setting(1))).rejects.toThrow(StoreError);
    await expect(all(store.read('s'))).rejects.toThrow(StoreError);
    await expect(store.erase('s')).rejects.toThrow(StoreError);
    await expect(store.get('scene', 's')).rejects.toThrow(StoreError);
    await expect(store.put('scene', 's', {})).rejects.toThrow(StoreError);
    await expect(store.remove('scene', 's')).rejects.toThrow(StoreError);
    await expect(all(store.ids('scene'))).rejects.toThrow(StoreError);
  });
});

describe('damage', () => {
  const setValue = 'UPDATE beat SET value = ? WHERE key = ?';

  test.each([
    ['broken JSON', '{"value":{"n":2,'],
    ['JSON of something else', '[1,2]'],
    ['null', 'null'],
    ['a value that is no beat', '{"value":{"n":2,"kind":"shout"}}'],
    ['the beat of another place', JSON.stringify({ value: line(3, 'SECRET') })],
  ])('%s in a beat is an error that names the key and quotes nothing', async (_what, text) => {
    const { connect, database } = watchedStore();
    const store = connect();
    for (const n of range(1, 3)) await store.append('s', line(n, 'SECRET'));
    database.prepare(setValue).run(text, key(2));
    const error = await all(store.read('s')).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toContain(key(2));
    expect(String(error)).not.toContain('SECRET');
  });

  test('a beat that is gone from the middle is an error that names the key', async () => {
    const { connect, database } = watchedStore();
    const store = connect();
    for (const n of range(1, 5)) await store.append('s', setting(n));
    database.prepare('DELETE FROM beat WHERE key = ?').run(key(3));
    await expect(all(store.read('s'))).rejects.toThrow(key(3));
    expect((await all(store.read('s', 4))).map((beat) => beat.n)).toEqual([4, 5]);
  });

  test('a document that cannot be read is an error that names it', async () => {
    const { connect, database } = watchedStore();
    const store = connect();
    await store.put('scene', 'discord:1', { id: 'discord:1' });
    database.prepare('UPDATE scene SET value = ?').run('{"val');
    await expect(store.get('scene', 'discord:1')).rejects.toThrow('scene discord:1');
    expect(await all(store.ids('scene'))).toEqual(['discord:1']);
    await store.put('scene', 'discord:1', {});
    expect(await store.get('scene', 'discord:1')).toEqual({});
  });
});
