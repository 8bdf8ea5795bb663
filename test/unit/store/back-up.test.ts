import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';
import { store as command } from '../../../src/cli/store/store.ts';
import { backUpStore, openStore } from '../../../src/store/open-store.ts';
import { all, line, range } from '../../contract/scene-store.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../cli/capture.ts';

const KEY = Buffer.alloc(32, 7);
const folder = mkdtempSync(join(tmpdir(), 'dramatis-back-up-'));
afterAll(() => rmSync(folder, { recursive: true }));
const url = `sqlite://${join(folder, 'store.db')}`;

async function run(args: readonly string[], env: Record<string, string>) {
  const { io, out, err } = captureIo('', { env: { MODEL: 'understudy', ...env } });
  return { code: await runCli(args, [listed('store', command)], io), out: out(), err: err() };
}

test('a store that is being written is copied whole, and opens with the same key', async () => {
  const store = await openStore(url, [KEY]);
  for (const n of range(1, 300)) await store.append('s', line(n, `words ${n}`));
  const copy = join(folder, 'deep', 'copy.db');
  const done = await run(['store', 'backup', copy], { STORE_URL: url });
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toContain(copy);
  await store.append('s', line(301, 'after it'));
  expect(statSync(copy).mode & 0o077).toBe(0);
  const other = await openStore(`sqlite://${copy}`, [KEY]);
  expect(await all(other.read('s'))).toEqual(range(1, 300).map((n) => line(n, `words ${n}`)));
  await other.close();
  await store.close();
});

test('what was removed before is in no copy', async () => {
  const file = join(folder, 'plain.db');
  const store = await openStore(`sqlite://${file}`, [KEY]);
  await store.put('person', 'REMOVED-KEY', { words: 'gone' });
  await store.remove('person', 'REMOVED-KEY');
  const copy = join(folder, 'plain-copy.db');
  backUpStore(`sqlite://${file}`, copy);
  expect(readFileSync(copy, 'latin1')).not.toContain('REMOVED-KEY');
  await store.close();
});

test('nothing is written over, and what cannot be copied is one clear line', async () => {
  const taken = join(folder, 'taken.db');
  writeFileSync(taken, 'mine');
  expect(await run(['store', 'backup', taken], { STORE_URL: url })).toMatchObject({ code: 1 });
  expect(readFileSync(taken, 'utf8')).toBe('mine');
  const missing = await run(['store', 'backup', join(folder, 'x.db')], {
    STORE_URL: `sqlite://${folder}/none.db`,
  });
  expect(missing).toMatchObject({ code: 1 });
  expect(missing.err).toContain('There is no store');
  const redis = await run(['store', 'backup', join(folder, 'y.db')], { STORE_URL: 'redis://127.0.0.1:1' });
  expect(redis).toMatchObject({ code: 1 });
  expect(redis.err).toContain('Only a SQLite store');
  expect(await run(['store', 'backup'], { STORE_URL: url })).toMatchObject({ code: 2 });
});
