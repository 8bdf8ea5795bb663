import { DatabaseSync } from 'node:sqlite';
import keyvTestSuite, { keyvIteratorTests } from '@keyv/test-suite';
import fc from 'fast-check';
import { Keyv } from 'keyv';
import * as vitest from 'vitest';
import { createSqliteAdapter } from '../../../src/store/sqlite-adapter.ts';
import { all, range } from '../../contract/scene-store.ts';

const { describe, expect, test } = vitest;

describe("Keyv's own contract", () => {
  const database = new DatabaseSync(':memory:');
  const adapter = () => createSqliteAdapter(database);
  // biome-ignore lint/suspicious/noExplicitAny: the suite is typed against an older vitest
  const runner = vitest as any;
  keyvTestSuite(runner, Keyv, adapter);
  keyvIteratorTests(runner, Keyv, adapter);
});

describe('the SQLite adapter', () => {
  const fresh = () => createSqliteAdapter(new DatabaseSync(':memory:'));

  test('iterates over all entries in the order of their keys, across pages', async () => {
    const adapter = fresh();
    const keys = range(1, 250).map((n) => `k:${String(n).padStart(4, '0')}`);
    await adapter.setMany(keys.toReversed().map((key) => ({ key, value: key })));
    expect(await all(adapter.iterator())).toEqual(keys.map((key) => [key, key]));
  });

  test('any key and value comes back as it was, one by one and by iteration', async () => {
    const text = fc.string({ unit: 'binary' });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(text, text, { maxKeys: 20 }), async (entries) => {
        const adapter = fresh();
        for (const [key, value] of Object.entries(entries)) await adapter.set(key, value);
        const keys = Object.keys(entries);
        expect(await adapter.getMany(keys)).toEqual(Object.values(entries));
        expect(Object.fromEntries(await all(adapter.iterator()))).toEqual(entries);
      }),
      { numRuns: 50 },
    );
  });

  test('many keys at once come in the order asked for, missing and repeated ones too', async () => {
    const adapter = fresh();
    for (const key of ['a', 'b', 'half \ud800', '"']) await adapter.set(key, `of ${key.toWellFormed()}`);
    const keys = ['b', 'gone', '"', 'a', 'b', 'half \ud800'];
    expect(await adapter.getMany(keys)).toEqual([
      'of b',
      undefined,
      'of "',
      'of a',
      'of b',
      'of half \ufffd',
    ]);
    expect(await adapter.getMany(keys)).toEqual(await Promise.all(keys.map((key) => adapter.get(key))));
    expect(await adapter.getMany([])).toEqual([]);
  });

  test('may be written to while it is being iterated over', async () => {
    const adapter = fresh();
    await adapter.setMany(range(1, 250).map((n) => ({ key: `${1000 + n}`, value: 'old' })));
    let seen = 0;
    for await (const [key] of adapter.iterator()) {
      await adapter.delete(key);
      seen += 1;
    }
    expect(seen).toBe(250);
    expect(await all(adapter.iterator())).toEqual([]);
  });

  test('clears and iterates over exactly its namespace', async () => {
    const adapter = fresh();
    const keys = ['a', 'a:1', 'a:2', 'a;', 'ab:1', 'b:1'];
    await adapter.setMany(keys.map((key) => ({ key, value: '' })));
    expect((await all(adapter.iterator('a'))).map(([key]) => key)).toEqual(['a:1', 'a:2']);
    adapter.namespace = 'a';
    await adapter.clear();
    expect((await all(adapter.iterator())).map(([key]) => key)).toEqual(['a', 'a;', 'ab:1', 'b:1']);
  });

  test('has nothing whose time is over', async () => {
    const adapter = fresh();
    await adapter.set('over', 'x', -1);
    await adapter.set('alive', 'x', 60_000);
    expect(await adapter.has('over')).toBe(false);
    expect(await adapter.hasMany(['over', 'alive', 'never'])).toEqual([false, true, false]);
  });

  test('writes many entries or none', async () => {
    const adapter = fresh();
    const broken = { key: 'b', value: Symbol('not text') as unknown as string };
    await expect(adapter.setMany([{ key: 'a', value: '1' }, broken])).rejects.toThrow();
    expect(await adapter.get('a')).toBeUndefined();
    await adapter.set('a', 'the connection is still good');
  });

  test('two adapters on one database keep to their tables, and close it once', async () => {
    const database = new DatabaseSync(':memory:');
    const [one, two] = [createSqliteAdapter(database, 'one'), createSqliteAdapter(database, 'two')];
    await one.set('key', '1');
    expect(await two.get('key')).toBeUndefined();
    await one.disconnect();
    await two.disconnect();
    await expect(two.get('key')).rejects.toThrow();
  });
});
