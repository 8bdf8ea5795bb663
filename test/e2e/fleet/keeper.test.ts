import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { emptyStore } from '../../support/empty-store.ts';
import { onSharedStores } from '../../support/shared-stores.ts';

const LAUNCHER = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));

onSharedStores('processes of one machine', (server) => {
  test('are kept: one that dies is replaced by one that stands by, and all end with their keeper', {
    timeout: 90_000,
  }, async () => {
    const store = await emptyStore(server);
    const double = await startDiscordDouble({ shards: 2, maxConcurrency: 2 });
    const dataKey = randomBytes(32).toString('base64');
    const looked = await openStore(store.url, [Buffer.from(dataKey, 'base64')]);
    const keeper = spawn(process.execPath, [LAUNCHER, 'start'], {
      env: {
        PATH: process.env['PATH'],
        DISCORD_TOKEN: double.token,
        DISCORD_API: double.restUrl,
        DISCORD_CDN: double.cdnUrl,
        MODEL: 'understudy',
        STORE_URL: store.url,
        DATA_KEY: dataKey,
        SERVERS: '*',
        SHARDS: '2',
        SHARDS_PER_PROCESS: '1',
        PROCESSES: '3',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = wordsOf(keeper);
    /** Process ids of those that serve, by group. */
    const serving = async () => {
      const held = (await looked.leases.held()).filter(({ lease }) => lease.startsWith('shards/'));
      return new Map(held.map(({ lease, holder }) => [lease, Number(/\/(\d+)-/u.exec(holder)?.[1])]));
    };
    const patience = { timeout: 30_000, interval: 100 };
    try {
      await expect.poll(async () => (await serving()).size, patience).toBe(2);
      const first = (await serving()).get('shards/2/0-0') ?? 0;
      // The one that stands by is there already.
      await expect.poll(() => said().includes('Standing by'), patience).toBe(true);
      process.kill(first, 'SIGKILL');
      const taken = async () => {
        const now = (await serving()).get('shards/2/0-0');
        return now !== undefined && now !== first;
      };
      await expect.poll(taken, patience).toBe(true);
      const left = [...(await serving()).values()];
      keeper.kill('SIGTERM');
      await once(keeper, 'exit');
      await expect.poll(() => left.some(isAlive), patience).toBe(false);
      expect((await serving()).size).toBe(0);
    } finally {
      keeper.kill('SIGKILL');
      await looked.close();
      await double.close();
      await store.drop();
    }
  });
});

function wordsOf({ stdout, stderr }: ChildProcess): () => string {
  let said = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return () => said;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
