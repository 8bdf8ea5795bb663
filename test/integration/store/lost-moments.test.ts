import { createClient } from '@keyv/redis';
import { Client } from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { StaleWriteError } from '../../../src/store/guarded-writes.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { newLease, taken } from '../../contract/leases.ts';
import { all, newScene, setting } from '../../contract/scene-store.ts';
import { openingStores } from '../../support/opening-stores.ts';
import { HAS_REDIS_SERVER, type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { onSharedStores } from '../../support/shared-stores.ts';
import { SOON } from '../../support/soon.ts';

/** As where a server comes back without its last moments, or from a backup. */
async function forget(url: string, lease: string): Promise<void> {
  if (url.startsWith('redis')) {
    const client = await createClient({ url }).connect();
    await client.del(`dramatis/lease::${lease}`);
    client.destroy();
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('DELETE FROM dramatis_lease WHERE lease = $1', [lease]);
  await client.end();
}

onSharedStores('a server that forgot who holds a lease', (url) => {
  const open = openingStores(url);

  test('refuses what is written under it, and gives its token to nobody again', async () => {
    const store = await open();
    const lease = newLease();
    const before = await taken(store, lease);
    await forget(url, lease);
    expect(await store.leases.renew([before], 60_000)).toEqual([false]);
    await expect(store.under(before).put('scene', newScene(), {})).rejects.toThrow(StaleWriteError);

    const after = await taken(store, lease);
    expect(after.token).toBeGreaterThan(before.token);
    await expect(store.under(before).put('scene', newScene(), {})).rejects.toThrow(StaleWriteError);
  });
});

describe.skipIf(!HAS_REDIS_SERVER)('a Redis that is killed and comes back', () => {
  let server: RedisServer | undefined;
  afterEach(() => server?.close());

  test.each([
    { keeps: true, what: 'with all it was given: whoever holds a lease holds it still' },
    { keeps: false, what: 'with nothing: a lease is taken anew, under a higher token' },
  ])('$what', async ({ keeps }) => {
    server = await startRedisServer(keeps);
    const store = await openStore(server.url);
    const [scene, lease] = [newScene(), newLease()];
    const fence = await taken(store, lease);
    const owner = store.under(fence);
    await owner.append(scene, setting(1));

    await server.restart();
    const writing = () =>
      owner.append(scene, setting(2)).then(
        () => 'done',
        (error: Error) => error.name,
      );
    if (keeps) {
      await expect.poll(writing, SOON).toBe('done');
      expect(await all(store.read(scene))).toEqual([setting(1), setting(2)]);
      expect(await store.leases.take(lease, 'b', 60_000)).toBeUndefined();
    } else {
      await expect.poll(writing, SOON).toBe(StaleWriteError.name);
      expect((await taken(store, lease, 'b')).token).toBeGreaterThan(fence.token);
    }
    await store.close();
  });
});
