import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { OperatorError } from '../../../src/errors.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { all, setting } from '../../contract/scene-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function refusal(url: string): Promise<string> {
  const error = await openStore(url).then(
    () => expect.fail(`${url} was opened`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OperatorError);
  const message = (error as Error).message;
  expect(message).not.toContain('\n');
  return message;
}

describe('a store URL', () => {
  test.each(['', 'data/dramatis.db', 'sqlite:', 'sqlite://', 'sqlite:./a.db', 'mysql://host/db', 'memory:x'])(
    '%j is refused with what would do',
    async (url) => {
      expect(await refusal(url)).toContain('sqlite://<path>, memory:, redis://');
    },
  );

  test.each(['redis', 'rediss', 'postgres', 'postgresql'])(
    'a %s server that is down is one line that names it, without its password',
    async (scheme) => {
      const port = await closedPort();
      const message = await refusal(`${scheme}://anne:hunter2@127.0.0.1:${port}/1?password=hunter2`);
      expect(message).toContain(`${scheme}://127.0.0.1:${port}/1`);
      expect(message).toContain('ECONNREFUSED');
      expect(message).not.toContain('hunter2');
    },
  );

  test.each(['redis', 'postgres'])('a %s password that breaks the URL is not shown', async (scheme) => {
    const message = await refusal(`${scheme}://anne:hunter2/@host:port/db`);
    expect(message).toContain('%2F');
    expect(message).not.toContain('hunter2');
  });
});

describe('a SQLite store', () => {
  test('makes its folder and is for its owner only', async () => {
    const file = join(folder, 'deep', 'er', 'scenes.db');
    const store = await openStore(`sqlite://${relative(process.cwd(), file)}`);
    await store.append('s', setting(1));
    expect(existsSync(file)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
    await store.close();
    expect(readdirSync(join(folder, 'deep', 'er')).toSorted()).toEqual([
      'scenes.db',
      'scenes.db.key',
      'scenes.db.lock',
    ]);
  });

  test('closes twice without harm, and opens again with what it had', async () => {
    const url = `sqlite://${join(folder, 'again.db')}`;
    const store = await openStore(url);
    await store.append('s', setting(1));
    await store.put('scene', 's', { id: 's' });
    await store.close();
    await store.close();
    const again = await openStore(url);
    expect(await all(again.read('s'))).toEqual([setting(1)]);
    expect(await again.get('scene', 's')).toEqual({ id: 's' });
    await again.close();
  });

  test('a path that cannot be is one line that names it', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal(`sqlite://${join(folder, 'file', 'scenes.db')}`)).toContain('correct STORE_URL');
    const directory = join(folder, 'directory');
    mkdirSync(directory);
    expect(await refusal(`sqlite://${directory}`)).toContain(directory);
  });

  test('a file that is no database is refused and left alone', async () => {
    const file = join(folder, 'letter.txt');
    writeFileSync(file, 'Dear Jane, '.repeat(100));
    expect(await refusal(`sqlite://${file}`)).toContain('not a database');
    expect(statSync(file).size).toBe(1100);
  });

  test('is refused to a second opener in this process, until the first has closed', async () => {
    const url = `sqlite://${join(folder, 'twice.db')}`;
    const store = await openStore(url);
    expect(await refusal(url)).toContain('in use by another Dramatis');
    await store.close();
    await (await openStore(url)).close();
  });

  test('stays open to readers from outside while it is in use', async () => {
    const file = join(folder, 'read.db');
    const store = await openStore(`sqlite://${file}`);
    await store.append('s', setting(1));
    const reader = new DatabaseSync(file, { readOnly: true });
    expect(reader.prepare('SELECT count(*) AS beats FROM beat').get()).toEqual({ beats: 1 });
    reader.close();
    await store.close();
  });

  test('a process killed right after an append loses nothing, and frees the store', async () => {
    const url = `sqlite://${join(folder, 'killed.db')}`;
    const child = startAppending(url);
    let acknowledged = 0;
    for await (const told of createInterface(child.stdout)) {
      acknowledged = Number(told);
      if (acknowledged === 100) {
        expect(await refusal(url)).toContain('in use by another Dramatis');
        child.kill('SIGKILL');
      }
    }
    expect(acknowledged).toBeGreaterThanOrEqual(100);

    const store = await openStore(url);
    const beats = await all(store.read('s'));
    expect(beats.length).toBeGreaterThanOrEqual(acknowledged);
    expect(beats.map((beat) => beat.n)).toEqual(beats.map((_, i) => i + 1));
    await store.append('s', setting(beats.length + 1));
    await store.close();
  });

  test('a second process is refused with one clear line', async () => {
    const url = `sqlite://${join(folder, 'second.db')}`;
    const store = await openStore(url);
    const child = startAppending(url);
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      told += text;
    });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(told).toMatch(/^StoreInUseError: The store .*second\.db is in use by another Dramatis: [^\n]+\n$/);
    await store.close();
  });
});

function startAppending(url: string) {
  const script = fileURLToPath(new URL('appending-process.ts', import.meta.url));
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, url], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 1;
}
