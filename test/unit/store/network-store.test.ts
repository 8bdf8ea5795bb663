import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { StoreError } from '../../../src/store/scene-store.ts';
import { all, newScene, setting } from '../../contract/scene-store.ts';

/** A way to a server that can be cut and mended, as a restart of the server looks from here. */
async function createWire(target: URL, defaultPort: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port || defaultPort), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
    }
    near.pipe(far).pipe(near);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    mend: () => listen(port),
  };
}

for (const [name, variable, port] of [
  ['Redis', 'TEST_REDIS_URL', 6379],
  ['PostgreSQL', 'TEST_POSTGRES_URL', 5432],
] as const) {
  const url = process.env[variable];
  const title = `${name} gone and back: appends fail clearly meanwhile, and nothing is lost`;
  test.skipIf(!url)(url ? title : `${title} (set ${variable} to run it)`, async () => {
    const wire = await createWire(new URL(url ?? ''), port);
    const scene = newScene();
    const store = await openStore(wire.url);
    await store.append(scene, setting(1));

    await wire.cut();
    await expect(store.append(scene, setting(2))).rejects.toThrow(StoreError);
    await expect(all(store.read(scene))).rejects.toThrow(StoreError);

    await wire.mend();
    await expect
      .poll(() => store.append(scene, setting(2)).then(() => 'stored'), { timeout: 15_000 })
      .toBe('stored');
    await store.append(scene, setting(3));
    expect(await all(store.read(scene))).toEqual([setting(1), setting(2), setting(3)]);
    await store.erase(scene);
    await store.close();
    await wire.cut();
  });
}
