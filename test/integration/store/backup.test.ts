import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';
import { store as command } from '../../../src/cli/store/store.ts';
import { restoreStore, saveStore } from '../../../src/store/backup/back-up.ts';
import { checkBackup, readBackup } from '../../../src/store/backup/backup-file.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { all, line, newScene, range } from '../../contract/scene-store.ts';
import { listed } from '../../support/listed-command.ts';
import { HAS_REDIS_SERVER, startRedisServer } from '../../support/redis-server.ts';
import { onSharedStores } from '../../support/shared-stores.ts';
import { captureIo } from '../../unit/cli/capture.ts';

const KEY = Buffer.alloc(32, 7);
const folder = mkdtempSync(join(tmpdir(), 'dramatis-backup-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
function newFile(ending: string): string {
  files += 1;
  return join(folder, `${files}${ending}`);
}

const newSqlite = () => `sqlite://${newFile('.db')}`;

async function run(args: readonly string[], env: Record<string, string>) {
  const { io, out, err } = captureIo('', { env: { MODEL: 'understudy', ...env } });
  return { code: await runCli(['store', ...args], [listed('store', command)], io), out: out(), err: err() };
}

async function fill(store: SceneStore, scene: string): Promise<void> {
  for (const n of range(1, 300)) await store.append(scene, line(n, `words ${n} é 💭 \u0000`));
  await store.put('scene', scene, { id: scene, log: scene, restedAt: 300 });
  await store.put('person', 'a/b%', { name: 'Anne' });
  await store.put('counter', 'none', null);
}

async function isFilled(store: SceneStore, scene: string): Promise<void> {
  expect(await all(store.read(scene))).toEqual(range(1, 300).map((n) => line(n, `words ${n} é 💭 \u0000`)));
  expect(await store.get('scene', scene)).toEqual({ id: scene, log: scene, restedAt: 300 });
  expect(await store.get('person', 'a/b%')).toEqual({ name: 'Anne' });
  expect(await store.get('counter', 'none')).toBeNull();
  await store.append(scene, line(301, 'and on'));
}

describe('a SQLite store', () => {
  test('in use is written into a file, and restored as it was', async () => {
    const url = newSqlite();
    const store = await openStore(url, [KEY]);
    await fill(store, 's');
    const [file, into] = [newFile('.gz'), newSqlite()];
    const key = KEY.toString('base64');
    const saved = await run(['backup', file], { STORE_URL: url, DATA_KEY: key });
    expect(saved).toMatchObject({ code: 0, err: '' });
    expect(saved.out).toMatch(/303 entries written .*\nIt needs the key [0-9a-f]{8}/u);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(gunzipSync(readFileSync(file)).toString()).not.toContain('words 1');
    await store.append('s', line(301, 'after it'));
    await store.close();

    expect(await run(['verify', file], {})).toMatchObject({ code: 0, err: '' });
    expect(await run(['restore', file, '--into', into], {})).toMatchObject({ code: 0, err: '' });
    const restored = await openStore(into, [KEY]);
    await isFilled(restored, 's');
    await restored.close();
  });

  test('is not restored into while it is in use, or unless it is empty, or is to be replaced', async () => {
    const [url, into, file] = [newSqlite(), newSqlite(), newFile('.gz')];
    const store = await openStore(url, [KEY]);
    await fill(store, 's');
    await saveStore(url, file);
    const busy = await run(['restore', file], { STORE_URL: url });
    expect(busy).toMatchObject({ code: 1 });
    expect(busy.err).toContain('in use');
    await store.close();

    const other = await openStore(into, [KEY]);
    await other.put('server', 'of the other', {});
    await other.close();
    const refused = await run(['restore', file, '--into', into], {});
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toContain('--replace');
    expect(await run(['restore', file, '--into', into, '--replace'], {})).toMatchObject({ code: 0 });
    const replaced = await openStore(into, [KEY]);
    expect(await replaced.get('server', 'of the other')).toBeUndefined();
    await isFilled(replaced, 's');
    await replaced.close();
  });

  test('into which a backup was restored by half is opened by nobody until that is done again', async () => {
    const [url, into, file] = [newSqlite(), newSqlite(), newFile('.gz')];
    const store = await openStore(url, [KEY]);
    await fill(store, 's');
    await store.close();
    await saveStore(url, file);
    await expect(restoreStore(into, file, { signal: AbortSignal.abort() })).rejects.toThrow();
    await expect(openStore(into, [KEY])).rejects.toThrow('not to its end');
    await restoreStore(into, file, { replace: true });
    const restored = await openStore(into, [KEY]);
    await isFilled(restored, 's');
    await restored.close();
  });
});

test('a file that is cut anywhere, changed anywhere or none at all is refused, and nothing is written', async () => {
  const [url, file, broken, into] = [newSqlite(), newFile('.gz'), newFile('.gz'), newSqlite()];
  const store = await openStore(url, [KEY]);
  await store.append('s', line(1, 'words'));
  await store.put('person', 'anne', { name: 'Anne' });
  await store.close();
  await saveStore(url, file);
  const bytes = readFileSync(file);
  const whole = await checkBackup(file);
  expect(whole.entries).toBe(2);
  for (let at = 0; at < bytes.length; at += 7) {
    writeFileSync(broken, bytes.subarray(0, at));
    await expect(checkBackup(broken), `cut at ${at}`).rejects.toThrow('no whole backup');
    // The header of the compressed file holds a time and a system that nobody reads.
    if (at < 10) continue;
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0xff;
    writeFileSync(broken, changed);
    await expect(checkBackup(broken), `changed at ${at}`).rejects.toThrow('no whole backup');
  }
  expect(await run(['restore', broken, '--into', into], {})).toMatchObject({ code: 1 });
  const untouched = await openStore(into, [KEY]);
  expect(await all(untouched.ids('person'))).toEqual([]);
  await untouched.close();
  expect(await run(['verify', join(folder, 'none.gz')], {})).toMatchObject({ code: 1 });
});

onSharedStores('a store that others use', (url) => {
  test('is saved while it grows: logs have no gaps and are no shorter than their records say', async () => {
    const store = await openStore(url);
    const scenes = range(1, 4).map(newScene);
    const over = new AbortController();
    const growing = scenes.map(async (scene) => {
      for (let n = 1; !over.signal.aborted; n += 1) {
        await store.append(scene, line(n, 'on and on'));
        await store.put('scene', scene, { id: scene, log: scene, restedAt: n });
        await sleep(1);
      }
    });
    await expect.poll(() => store.length(scenes[3] ?? ''), { timeout: 20_000 }).toBeGreaterThan(100);
    const file = newFile('.gz');
    await saveStore(url, file);
    over.abort();
    await Promise.all(growing);
    for (const scene of scenes) await store.erase(scene);
    await store.close();

    // Other tests keep things there, too: what is in the file of these scenes counts.
    const saved = (await Array.fromAsync(readBackup(file))).filter(({ value }) => value !== undefined);
    for (const scene of scenes) {
      const record = saved.find(({ kind, key }) => kind === 'scene' && key === scene);
      const restedAt = (record?.value as { restedAt: number } | undefined)?.restedAt ?? 0;
      expect(restedAt).toBeGreaterThan(0);
      const beats = saved.filter(({ kind, key }) => kind === 'beat' && key.startsWith(`${scene}/`));
      expect(beats.map(({ value }) => value)).toEqual(
        range(1, beats.length).map((n) => line(n, 'on and on')),
      );
      expect(beats.length).toBeGreaterThanOrEqual(restedAt);
    }
  });
});

test.skipIf(!HAS_REDIS_SERVER)('a store moves from SQLite to Redis and back', async () => {
  const [from, back, [one, two]] = [newSqlite(), newSqlite(), [newFile('.gz'), newFile('.gz')]];
  const server = await startRedisServer(false);
  const store = await openStore(from, [KEY]);
  await fill(store, 's');
  await store.close();
  await saveStore(from, one ?? '');
  await restoreStore(server.url, one ?? '');
  await saveStore(server.url, two ?? '');
  await restoreStore(back, two ?? '');
  const moved = await openStore(server.url, [KEY]);
  await isFilled(moved, 's');
  await moved.close();
  const returned = await openStore(back, [KEY]);
  await isFilled(returned, 's');
  await returned.close();
  await server.close();
});
