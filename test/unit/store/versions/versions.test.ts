import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { sceneRecordSchema } from '../../../../src/engine/scene-record.ts';
import { restoreStore, saveStore } from '../../../../src/store/backup/back-up.ts';
import { openEntries } from '../../../../src/store/keyv-entries.ts';
import type { Entries, EntryConnection } from '../../../../src/store/keyv-store.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { bringUpToDate } from '../../../../src/store/versions/bring-up-to-date.ts';
import { STORE_VERSION } from '../../../../src/store/versions/store-version.ts';
import { all, line, range, setting } from '../../../contract/scene-store.ts';
import { emptyStore } from '../../../support/empty-store.ts';
import { onSharedStores } from '../../../support/shared-stores.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/stores');
const folder = mkdtempSync(join(tmpdir(), 'dramatis-versions-'));
afterAll(() => rmSync(folder, { recursive: true }));

let copies = 0;

/** A copy of a store that an earlier commit wrote, with its key where it had one. */
function fixture(name: string): { file: string; url: string } {
  copies += 1;
  const file = join(folder, `${name}-${copies}.db`);
  writeFileSync(file, gunzipSync(readFileSync(join(FIXTURES, `${name}.db.gz`))));
  if (existsSync(join(FIXTURES, `${name}.db.key`)))
    copyFileSync(join(FIXTURES, `${name}.db.key`), `${file}.key`);
  return { file, url: `sqlite://${file}` };
}

/** What stands in the file itself, unopened. */
function rowOf(file: string, table: string, key: string): unknown {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(`SELECT value FROM ${table} WHERE key = ?`).get(key)?.['value'];
  } finally {
    database.close();
  }
}

describe.each(['1-unsealed', '2-rooms', '3-settings', '4-today'])('a store of before (%s)', (name) => {
  test('is read whole and goes on', async () => {
    const { file, url } = fixture(name);
    const store = await openStore(url);
    const record = sceneRecordSchema.parse(await store.get('scene', 'terminal:fixture'));
    const beats = await all(store.read(record.log));
    expect(beats.map(({ n }) => n)).toEqual(beats.map((_, i) => i + 1));
    expect(beats).toHaveLength(13);
    expect(beats.filter(({ kind }) => kind === 'line')).toHaveLength(5);
    await store.append(record.log, line(14, 'And on.'));
    await store.close();
    expect(rowOf(file, 'meta', 'version')).toBe(JSON.stringify({ value: { version: STORE_VERSION } }));
  });

  test('has a copy beside it from before, which opens as it did', async () => {
    const { file, url } = fixture(name);
    const store = await openStore(url);
    await store.append('terminal:fixture#1', line(14, 'And on.'));
    await store.close();
    const [before] = [`${file}.before-v1`];
    expect(rowOf(before, 'beat', 'terminal:fixture#1/0000000013')).toBeDefined();
    expect(rowOf(before, 'beat', 'terminal:fixture#1/0000000014')).toBeUndefined();
    if (existsSync(`${file}.key`)) copyFileSync(`${file}.key`, `${before}.key`);
    const old = await openStore(`sqlite://${before}`);
    expect(await all(old.read('terminal:fixture#1'))).toHaveLength(13);
    await old.close();
  });
});

describe('version 2', () => {
  test('who may read thoughts is a setting of the scene, as it was chosen', async () => {
    const store = await openStore(fixture('3-settings').url);
    expect(await store.get('server', 'settings/scene/discord:77#1')).toEqual({ peek: 'nobody' });
    expect(await store.get('scene', 'discord:77')).not.toHaveProperty('peek');
    // What nobody chose stays unchosen.
    expect(await store.get('server', 'settings/scene/terminal:fixture#1')).toBeUndefined();
    await store.close();
  });

  test('what a server and its channels set stands in one document; what belongs to nobody known stays', async () => {
    const store = await openStore(fixture('3-settings').url);
    expect(await store.get('server', 'config/55')).toEqual({
      revision: 2,
      levels: { server: { turnsPerLine: 3 }, 'channel/77': { turnsPerLine: 2 } },
    });
    expect(await store.get('server', 'settings/server/55')).toBeUndefined();
    expect(await store.get('server', 'settings/channel/99')).toEqual({ turnsPerLine: 1 });
    await store.close();
  });

  test('is the same wherever its making was broken off and done again', async () => {
    const whole = await bringUp(oldEntries());
    expect(whole.get('server')?.get('config/55')).toContain('turnsPerLine');
    for (let writes = 0; ; writes += 1) {
      const entries = oldEntries();
      const broken = await bringUp(entries, writes).then(
        () => false,
        () => true,
      );
      if (!broken) break;
      expect(await bringUp(entries)).toEqual(whole);
    }
  });

  test('what is damaged stays as it is, and the rest is brought up to date', async () => {
    const entries = oldEntries();
    entries.get('scene')?.set('discord:78', '{"val');
    entries.get('server')?.set('settings/server/56', '{"val');
    const after = await bringUp(entries);
    expect(after.get('scene')?.get('discord:78')).toBe('{"val');
    expect(after.get('server')?.get('settings/scene/discord:77#1')).toContain('nobody');
  });
});

/** Entries as they lay there before there were versions, as text by kind and key. */
function oldEntries(): Map<string, Map<string, string>> {
  const text = (value: unknown) => JSON.stringify({ value });
  return new Map([
    [
      'scene',
      new Map([
        ['discord:77', text({ id: 'discord:77', log: 'discord:77#1', server: '55', peek: 'nobody' })],
        ['lab:1', text({ id: 'lab:1', log: 'lab:1#1', peek: 'owner' })],
      ]),
    ],
    [
      'server',
      new Map([
        ['settings/server/55', text({ turnsPerLine: 3 })],
        ['settings/channel/77', text({ turnsPerLine: 2 })],
      ]),
    ],
  ]);
}

/** Brings them up to date; the process ends after so many writes. */
async function bringUp(entries: Map<string, Map<string, string>>, writes = Number.POSITIVE_INFINITY) {
  let left = writes;
  const write =
    <A extends unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R => {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return work(...args);
    };
  const opened = new Map<string, Entries>();
  const connection: EntryConnection = {
    open(kind) {
      const map = entries.get(kind) ?? new Map<string, string>();
      entries.set(kind, map);
      const keyv = openEntries(map);
      const iterator = () => keyv.iterator?.(undefined) as AsyncIterable<[string, unknown]>;
      const over: Entries = {
        ...{
          has: (key) => keyv.has(key),
          get: (key) => keyv.get(key),
          getMany: (keys) => keyv.getMany(keys),
        },
        set: write((key: string, value: unknown) => keyv.set(key, value)),
        delete: write((key: string) => keyv.delete(key)),
        deleteMany: write((keys: string[]) => keyv.deleteMany(keys)),
        iterator,
      };
      const before = opened.get(kind) ?? over;
      opened.set(kind, before);
      return before;
    },
    close: async () => {},
  };
  await bringUpToDate(connection, connection);
  return entries;
}

onSharedStores('a store of before', (server) => {
  test('is brought up to date by one of those that start at once', async () => {
    const { url, drop } = await emptyStore(server);
    const { file } = fixture('3-settings');
    const backup = join(folder, `before-${copies}.gz`);
    await saveStore(`sqlite://${file}`, backup);
    await restoreStore(url, backup);
    const keys = [Buffer.from(readFileSync(`${file}.key`, 'utf8').trim(), 'base64')];
    const stores = await Promise.all(range(1, 3).map(() => openStore(url, keys)));
    for (const store of stores) {
      expect(await store.get('server', 'settings/scene/discord:77#1')).toEqual({ peek: 'nobody' });
      expect(await store.get('server', 'config/55')).toMatchObject({ revision: 2 });
      await store.close();
    }
    await drop();
  });
});

test('a new store is of this version, and has no copy beside it', async () => {
  const file = join(folder, 'new.db');
  const store = await openStore(`sqlite://${file}`);
  await store.append('s', setting(1));
  await store.close();
  expect(rowOf(file, 'meta', 'version')).toBe(JSON.stringify({ value: { version: STORE_VERSION } }));
  expect(existsSync(`${file}.before-v1`)).toBe(false);
});

test.each([
  ['a newer one', { version: STORE_VERSION + 1 }, 'A newer Dramatis wrote this store'],
  ['one that is none', { version: 'x' }, 'version cannot be read'],
])('a store of %s is refused with what to do, and left as it is', async (_, version, says) => {
  const { file, url } = fixture('4-today');
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires INTEGER) STRICT');
  database.prepare('INSERT INTO meta VALUES (?, ?, NULL)').run('version', JSON.stringify({ value: version }));
  database.close();
  const before = readFileSync(file);
  await expect(openStore(url)).rejects.toThrow(says);
  expect(readFileSync(file).equals(before)).toBe(true);
});
