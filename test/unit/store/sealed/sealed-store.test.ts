import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { OperatorError } from '../../../../src/errors.ts';
import { openEntries } from '../../../../src/store/keyv-entries.ts';
import { createSceneStore } from '../../../../src/store/keyv-store.ts';
import { openStore, sealStore } from '../../../../src/store/open-store.ts';
import { type SceneStore, StoreError } from '../../../../src/store/scene-store.ts';
import { createDataKey } from '../../../../src/store/sealed/data-key.ts';
import { ENTRY_KINDS } from '../../../../src/store/sealed/entry-kinds.ts';
import { sealConnection } from '../../../../src/store/sealed/sealed-connection.ts';
import { sealingWarning } from '../../../../src/store/sealed/store-keys.ts';
import { createSqliteAdapter } from '../../../../src/store/sqlite-adapter.ts';
import { openSqliteFile } from '../../../../src/store/sqlite-file.ts';
import { all, describeSceneStore, line, range } from '../../../contract/scene-store.ts';
import { emptyStore } from '../../../support/empty-store.ts';

const MARKER = 'CANARY-words-of-a-person';
const BEATS = 40;
const [A, B] = [Buffer.alloc(32, 0xa), Buffer.alloc(32, 0xb)];
const idOf = (key: Uint8Array) => createDataKey(key).id;
const DOCUMENTS = ENTRY_KINDS.filter((kind) => kind !== 'beat');

const folder = mkdtempSync(join(tmpdir(), 'dramatis-sealed-'));
afterAll(() => rmSync(folder, { recursive: true }));

describeSceneStore('SQLite, sealed with DATA_KEY', () =>
  openStore(`sqlite://${join(folder, 'contract.db')}`, [A]),
);

let stores = 0;
let file = '';
let url = '';
beforeEach(() => {
  stores += 1;
  file = join(folder, `store-${stores}.db`);
  url = `sqlite://${file}`;
});

/** A store as it was before values were sealed. */
function openUnsealed(): SceneStore {
  const { database, close } = openSqliteFile(file);
  return createSceneStore({
    open: (kind) => openEntries(createSqliteAdapter(database, kind)),
    close: async () => close(),
  });
}

/** The marker in every kind of value: a line's hidden and visible words, and each kind of document. */
async function fill(store: SceneStore): Promise<void> {
  for (const n of range(1, BEATS)) await store.append('s', line(n, `${MARKER} ${n}`));
  for (const kind of DOCUMENTS) await store.put(kind, 's', { words: MARKER });
}

async function expectFilled(store: SceneStore): Promise<void> {
  expect(await all(store.read('s'))).toEqual(range(1, BEATS).map((n) => line(n, `${MARKER} ${n}`)));
  for (const kind of DOCUMENTS) expect(await store.get(kind, 's')).toEqual({ words: MARKER });
}

/** How often the marker stands in the raw bytes of the database, its log and all that lies beside it. */
function markersOnDisk(): number {
  const files = readdirSync(folder).filter((name) => join(folder, name).startsWith(file));
  return files.reduce(
    (sum, name) => sum + readFileSync(join(folder, name), 'latin1').split(MARKER).length - 1,
    0,
  );
}

async function inStore<T>(store: SceneStore, work: (store: SceneStore) => Promise<T>): Promise<T> {
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('words on the disk', () => {
  test('are found without sealing, in every kind', async () => {
    await inStore(openUnsealed(), async (store) => {
      await fill(store);
      expect(existsSync(`${file}-wal`)).toBe(true);
      expect(markersOnDisk()).toBeGreaterThanOrEqual(BEATS + DOCUMENTS.length);
    });
  });

  test.each([
    ['DATA_KEY', [A]],
    ['a key file', []],
  ])('are not found with %s: not while it is open, not when it is closed', async (_what, keys) => {
    await inStore(await openStore(url, keys), async (store) => {
      await fill(store);
      await store.rewrite('s', line(3, `${MARKER} 3`));
      expect(existsSync(`${file}-wal`)).toBe(true);
      expect(markersOnDisk()).toBe(0);
    });
    expect(markersOnDisk()).toBe(0);
    expect(existsSync(`${file}.key`)).toBe(keys.length === 0);
    await inStore(await openStore(url, keys), expectFilled);
  });
});

describe('a store from before it was sealed', () => {
  test('is read as it is, and sealed where it is written again', async () => {
    await inStore(openUnsealed(), fill);
    await inStore(await openStore(url, [A]), async (store) => {
      await expectFilled(store);
      await store.put('person', 's', { words: MARKER });
      await store.append('s', line(BEATS + 1, 'more'));
    });
    await inStore(openUnsealed(), async (store) => {
      expect(await store.get('person', 's')).toMatch(new RegExp(`^dramatis-sealed:1:${idOf(A)}:`));
      expect(await store.get('server', 's')).toEqual({ words: MARKER });
    });
  });

  test('is sealed whole by sealStore, which leaves no trace of the words', async () => {
    await inStore(openUnsealed(), async (store) => {
      await fill(store);
      await store.put('person', 'gone', { words: MARKER });
      await store.remove('person', 'gone');
    });
    expect(markersOnDisk()).toBeGreaterThan(0);
    const count = BEATS + DOCUMENTS.length;
    expect(await sealStore(url, [A])).toEqual({ sealed: count, kept: 0, problems: [] });
    expect(markersOnDisk()).toBe(0);
    expect(await sealStore(url, [A])).toEqual({ sealed: 0, kept: count, problems: [] });
    await inStore(await openStore(url, [A]), expectFilled);
  });

  test('that someone reads meanwhile is said not to be free of the words yet', async () => {
    await inStore(openUnsealed(), fill);
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM beat').get();
    await expect(sealStore(url, [A])).rejects.toThrow('another program that reads its file');
    reader.close();
    expect(await sealStore(url, [A])).toMatchObject({ sealed: 0, problems: [] });
    expect(markersOnDisk()).toBe(0);
  });
});

describe('rotation', () => {
  test('the first key seals, all of them open, and once all is sealed anew the old one can go', async () => {
    await inStore(await openStore(url, [A]), fill);
    await inStore(await openStore(url, [B, A]), expectFilled);
    await inStore(await openStore(url, [B]), async (store) => {
      await expect(all(store.read('s'))).rejects.toThrow(`sealed with the key ${idOf(A)}`);
    });
    expect(await sealStore(url, [B, A])).toMatchObject({ kept: 0, problems: [] });
    await inStore(await openStore(url, [B]), expectFilled);
  });

  test('from the key file to DATA_KEY', async () => {
    await inStore(await openStore(url), fill);
    expect(sealingWarning(url, [])).toContain('the key lies beside what it protects');
    expect(sealingWarning(url, [A])).toContain('run dramatis store seal, then delete that file');
    await inStore(await openStore(url, [A]), expectFilled);
    await sealStore(url, [A]);
    rmSync(`${file}.key`);
    expect(sealingWarning(url, [A])).toBeUndefined();
    await inStore(await openStore(url, [A]), expectFilled);
  });

  test('leaves what it cannot open as it is, and names it', async () => {
    await inStore(await openStore(url, [A]), (store) => store.put('person', 'old', MARKER));
    await inStore(await openStore(url, [B, A]), (store) => store.put('person', 'new', MARKER));
    const report = await sealStore(url, [B]);
    expect(report).toMatchObject({ sealed: 0, kept: 1 });
    expect(report.problems).toEqual([
      expect.stringContaining(`person old is sealed with the key ${idOf(A)}`),
    ]);
    await inStore(await openStore(url, [A, B]), async (store) =>
      expect(await store.get('person', 'old')).toBe(MARKER),
    );
  });
});

describe('what is not as it was sealed', () => {
  test.each([
    [
      'the beat of another place',
      'UPDATE beat SET value = (SELECT value FROM beat LIMIT 1 OFFSET 4) WHERE key LIKE ?',
    ],
    ['a beat cut short', `UPDATE beat SET value = substr(value, 1, 120) || '"}' WHERE key LIKE ?`],
  ])('%s is a StoreError that names the key and quotes nothing', async (_what, sql) => {
    await inStore(await openStore(url, [A]), fill);
    const database = new DatabaseSync(file);
    expect(database.prepare(sql).run('%02').changes).toBe(1);
    database.close();
    await inStore(await openStore(url, [A]), async (store) => {
      const error = await all(store.read('s')).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StoreError);
      expect(String(error)).toContain('beat s/0000000002 is damaged');
      expect(String(error)).not.toContain(MARKER);
    });
  });

  test('a sealed store whose key file is gone is refused, and no new key is made', async () => {
    await inStore(await openStore(url), fill);
    renameSync(`${file}.key`, `${file}.elsewhere`);
    await expect(openStore(url)).rejects.toThrow(OperatorError);
    await expect(openStore(url)).rejects.toThrow('its key is gone');
    expect(existsSync(`${file}.key`)).toBe(false);
    renameSync(`${file}.elsewhere`, `${file}.key`);
    await inStore(await openStore(url), expectFilled);
  });
});

describe('a store elsewhere without a key', () => {
  test('keeps values as they are, and refuses sealed ones with what to do', async () => {
    const kept = new Map<string, string>();
    const connection = { open: () => openEntries(kept), close: async () => {} };
    const sealing = createSceneStore(sealConnection(connection, [createDataKey(A)]));
    const plain = createSceneStore(sealConnection(connection, []));
    await plain.put('person', 'p', { words: MARKER });
    expect(kept.get('p')).toContain(MARKER);
    expect(await sealing.get('person', 'p')).toEqual({ words: MARKER });
    await sealing.put('person', 'p', { words: MARKER });
    expect(kept.get('p')).not.toContain(MARKER);
    await expect(plain.get('person', 'p')).rejects.toThrow('add that key to DATA_KEY');
  });

  test('is warned of, and not sealed by sealStore', async () => {
    expect(sealingWarning('redis://host', [])).toContain('stored unsealed: set DATA_KEY');
    expect(sealingWarning('redis://host', [A])).toBeUndefined();
    expect(sealingWarning('memory:', [])).toBeUndefined();
    await expect(sealStore('memory:')).rejects.toThrow('set DATA_KEY');
  });
});

for (const [name, variable] of [
  ['Redis', 'TEST_REDIS_URL'],
  ['PostgreSQL', 'TEST_POSTGRES_URL'],
] as const) {
  const server = process.env[variable];
  if (server) {
    // A store of its own: others are not sealed with this key.
    const { url: elsewhere, drop } = await emptyStore(server);
    describeSceneStore(`${name}, sealed`, () => openStore(elsewhere, [A]));
    afterAll(drop);
  } else test.skip(`a scene store: ${name}, sealed (set ${variable} to run it)`, () => {});
}

describe('a long log', () => {
  const LONG = 6000;
  const fillLong = (store: SceneStore) =>
    range(1, LONG).reduce(
      (done, n) => done.then(() => store.append('s', line(n, `${n}`))),
      Promise.resolve(),
    );

  test('is read whole, also while others read it', async () => {
    await inStore(await openStore(url, [A]), async (store) => {
      await fillLong(store);
      const [one, other] = await Promise.all([all(store.read('s')), all(store.read('s', 4000))]);
      expect(one).toEqual(range(1, LONG).map((n) => line(n, `${n}`)));
      expect(other.map(({ n }) => n)).toEqual(range(4000, LONG));
    });
  });

  test('with a damaged beat far in is read up to it, and the error names it', async () => {
    await inStore(await openStore(url, [A]), fillLong);
    const key = `s/${'5500'.padStart(10, '0')}`;
    const { database, close } = openSqliteFile(file);
    database
      .prepare('UPDATE beat SET value = (SELECT value FROM beat WHERE key = ?) WHERE key = ?')
      .run('s/0000000001', key);
    close();
    await inStore(await openStore(url, [A]), async (store) => {
      await expect(all(store.read('s'))).rejects.toThrow(`The stored beat ${key} is damaged`);
    });
  });

  test('may be closed while it is read', async () => {
    const store = await openStore(url, [A]);
    await fillLong(store);
    const reading = async () => {
      for await (const { n } of store.read('s')) if (n === 5000) await store.close();
    };
    await expect(reading()).rejects.toThrow(StoreError);
  });
});
