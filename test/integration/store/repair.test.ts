import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { doctor } from '../../../src/cli/doctor/doctor.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { readBackup } from '../../../src/store/backup/backup-file.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { all, line, range } from '../../contract/scene-store.ts';
import { listed } from '../../support/listed-command.ts';
import { HAS_REDIS_SERVER, startRedisServer } from '../../support/redis-server.ts';
import { captureIo } from '../../unit/cli/capture.ts';

const KEY = Buffer.alloc(32, 7);
const folder = mkdtempSync(join(tmpdir(), 'dramatis-repair-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

const record = (log: string) => ({
  ...{ id: `place of ${log}`, log, title: log, stage: 'lab', owner: 'p1', preset: 'conversation' },
  ...{ status: 'playing', seed: 1, createdAt: 0 },
});

/** Two scenes of forty beats with all that belongs to them. */
async function fill(store: SceneStore): Promise<void> {
  for (const log of ['one', 'two']) {
    await store.put('scene', `place of ${log}`, record(log));
    for (const n of range(1, 40)) {
      await store.append(log, line(n, `words ${n}`));
      await store.put('delivery', `${log}/${n}`, { messages: [`m-${log}-${n}`] });
      await store.put('message', `m-${log}-${n}`, { scene: `place of ${log}`, log, n });
    }
    await store.put('room', `room of ${log}`, { scene: `place of ${log}`, log });
  }
  await store.put('server', 'config/1', { revision: 1, levels: {} });
  await store.put('person', 'anne', { token: 'x' });
}

async function filled(): Promise<{ file: string; url: string; damage: (sql: string) => void }> {
  files += 1;
  const file = join(folder, `${files}.db`);
  const store = await openStore(`sqlite://${file}`, [KEY]);
  await fill(store);
  await store.close();
  return {
    file,
    url: `sqlite://${file}`,
    damage(sql) {
      const database = new DatabaseSync(file);
      database.exec(sql);
      database.close();
    },
  };
}

async function run(url: string, args: readonly string[] = ['--repair']) {
  const env = { MODEL: 'understudy', STORE_URL: url, DATA_KEY: KEY.toString('base64') };
  const { io, out, err } = captureIo('', { env });
  const code = await runCli(['doctor', ...args], [listed('doctor', doctor)], io);
  return { code, out: out(), err: err(), text: out() + err() };
}

/** What lies in the files that a repair wrote beside a store. */
async function asideOf(file: string): Promise<readonly string[]> {
  const name = readdirSync(folder).find((one) => one.startsWith(`${file.split('/').at(-1)}.set-aside`));
  if (name === undefined) return [];
  return (await Array.fromAsync(readBackup(join(folder, name)))).map(({ kind, key }) => `${kind} ${key}`);
}

const lengthOf = async (store: SceneStore, log: string) => (await all(store.read(log))).length;
const beat = (log: string, n: number) => `${log}/${String(n).padStart(10, '0')}`;
const spoil = (table: string, key: string) =>
  `UPDATE ${table} SET value = substr(value, 1, 90) || 'XX' || substr(value, 93) WHERE key = '${key}'`;

test('a sound store is said to be, and nothing is done to it', async () => {
  const { file, url } = await filled();
  const looked = await run(url, []);
  expect(looked.out).toMatch(/^ok {5}stored: 246 entries, and all can be read$/m);
  expect(await run(url)).toMatchObject({ code: 0 });
  expect(
    readdirSync(folder).filter((name) => name.includes(`${files}.db.`) && !/-wal|-shm|lock/.test(name)),
  ).toEqual([]);
  expect(await asideOf(file)).toEqual([]);
});

test('a store in use is not mended', async () => {
  const { url } = await filled();
  const store = await openStore(url, [KEY]);
  const { code, out } = await run(url);
  expect(code).toBe(1);
  expect(out).toContain('in use');
  await store.close();
});

describe.each([
  {
    what: 'a damaged beat',
    sql: spoil('beat', beat('one', 17)),
    says: 'scene one: beat 17 is damaged; 16 beats before it are whole, 24 from there on cannot be reached',
    left: 16,
    aside: 24 + 24 * 2,
  },
  {
    what: 'a missing beat',
    sql: `DELETE FROM beat WHERE key = '${beat('one', 30)}'`,
    says: 'scene one: beat 30 is missing; 29 beats before it are whole, 10 from there on cannot be reached',
    left: 29,
    aside: 10 + 11 * 2,
  },
  {
    what: 'text that is none',
    sql: `UPDATE beat SET value = '{"val' WHERE key = '${beat('one', 1)}'`,
    says: 'beat 1 is damaged',
    left: 0,
    aside: 40 * 3 + 1,
  },
  {
    what: 'a damaged record',
    sql: spoil('scene', 'place of one'),
    says: 'scene place of one is damaged',
    left: 0,
    aside: 1 + 40 * 3 + 1,
  },
  {
    what: 'a log without a scene',
    sql: "DELETE FROM scene WHERE key = 'place of one'",
    says: '40 beats of one belong to no scene',
    left: 0,
    aside: 40 * 3 + 1,
  },
  {
    what: 'damaged settings',
    sql: spoil('server', 'config/1'),
    says: 'server config/1 is damaged',
    left: 40,
    aside: 1,
  },
  {
    what: 'a damaged person',
    sql: "UPDATE person SET value = 'x' WHERE key = 'anne'",
    says: 'person anne is damaged',
    left: 40,
    aside: 1,
  },
])('$what', ({ sql, says, left, aside }) => {
  test('is told, set aside, and the rest is as it was', async () => {
    const { file, url, damage } = await filled();
    damage(sql);
    const looked = await run(url, []);
    expect(looked.code).toBe(1);
    expect(looked.out).toContain(says);
    expect(looked.out).toContain('dramatis doctor --repair');

    const { code, out } = await run(url);
    expect({ code, out }).toMatchObject({ code: 0 });
    expect(out).toContain(says);
    expect(out).toContain('before-repair');
    expect(await asideOf(file)).toHaveLength(aside);
    expect((await run(url, [])).out).toContain('all can be read');
    const store = await openStore(url, [KEY]);
    expect(await lengthOf(store, 'one')).toBe(left);
    expect(await lengthOf(store, 'two')).toBe(40);
    await store.append('one', line(left + 1, 'and on'));
    await store.close();
  });
});

test('what is sealed with a key that is not here is told and left as it is', async () => {
  const { file, url } = await filled();
  const store = await openStore(url, [Buffer.alloc(32, 9), KEY]);
  await store.put('person', 'other', { token: 'y' });
  await store.append('two', line(41, 'sealed otherwise'));
  await store.close();
  const { code, out } = await run(url);
  expect(code).toBe(1);
  expect(out).toMatch(/2 entries are sealed with the key [0-9a-f]{8}, which is not here/);
  expect(await asideOf(file)).toEqual([]);
  const again = await openStore(url, [Buffer.alloc(32, 9), KEY]);
  expect(await again.get('person', 'other')).toEqual({ token: 'y' });
  expect(await lengthOf(again, 'two')).toBe(41);
  await again.close();
});

test('of a file with damaged pages all that can be read moves into a new one', async () => {
  const { file, url } = await filled();
  const bytes = readFileSync(file);
  const size = bytes.readUInt16BE(16);
  // Leaf pages of tables begin with 13: a few of them, of whatever is in them.
  const leaves = range(2, bytes.length / size - 1).filter((page) => bytes[page * size] === 13);
  for (const page of leaves.filter((_, i) => i % 7 === 3)) bytes.fill(0x5a, page * size, page * size + 200);
  writeFileSync(file, bytes);
  const looked = await run(url, []);
  expect(looked.code).toBe(1);
  const { code, out } = await run(url);
  expect({ code, out }).toMatchObject({ code: 0 });
  expect(out).toContain('damaged pages');
  expect(out).toMatch(/\d+ entries were read from the damaged file, others could not be/);
  expect((await run(url, [])).out).toContain('all can be read');
  const store = await openStore(url, [KEY]);
  const lengths = [await lengthOf(store, 'one'), await lengthOf(store, 'two')];
  expect(lengths.some((length) => length > 0)).toBe(true);
  await store.close();
});

test.skipIf(!HAS_REDIS_SERVER)('a Redis is mended, too', async () => {
  const server = await startRedisServer(false);
  const store = await openStore(server.url, [KEY]);
  await fill(store);
  await store.close();
  const { createClient } = await import('@keyv/redis');
  const client = await createClient({ url: server.url }).connect();
  await client.set(`dramatis/beat::${beat('one', 17)}`, '{"val');
  client.destroy();
  const before = process.cwd();
  process.chdir(folder);
  try {
    const { code, out } = await run(server.url);
    expect({ code, out }).toMatchObject({ code: 0 });
    expect(out).toContain('scene one: beat 17 is damaged');
  } finally {
    process.chdir(before);
  }
  const mended = await openStore(server.url, [KEY]);
  expect(await lengthOf(mended, 'one')).toBe(16);
  expect(await lengthOf(mended, 'two')).toBe(40);
  await mended.close();
  await server.close();
});
