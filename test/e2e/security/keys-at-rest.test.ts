import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine } from '../../../src/engine/engine.ts';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createModelShelf } from '../../../src/model/model-shelf.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { smallLibrary } from '../../support/small-library.ts';

const KEY = 'sk-CANARY-of-a-server-0123456789';
const SERVER = '123456789012345678';
const DATA_KEY = Buffer.alloc(32, 7);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function house(url: string, keys: readonly Uint8Array[], place = 'https://models.example/v1') {
  const store = await openStore(url, keys);
  const settings = modelSettingsSchema.parse({ name: 'fine-1', baseUrl: place });
  const shelf = createModelShelf([{ id: 'fine', settings, takesKey: true }]);
  const engine = createEngine({ store, library: smallLibrary(), shelf });
  return {
    engine,
    store,
    async close() {
      await engine.close();
      await store.close();
    },
  };
}

/** Every byte that lies in the folder, the database’s own log and whatever else is there. */
async function onDisk(): Promise<string> {
  const files = await readdir(folder);
  expect(files.length).toBeGreaterThan(0);
  return Buffer.concat(await Promise.all(files.map((name) => readFile(join(folder, name))))).toString(
    'latin1',
  );
}

test.each([
  ['DATA_KEY', [DATA_KEY]],
  ['the key file that is made where none is set', []],
])('a server’s key is sealed with %s, while it runs and after', async (_name, keys) => {
  const url = `sqlite://${join(folder, 'dramatis.db')}`;
  const first = await house(url, keys);
  await first.engine.serverModels.keepKey(SERVER, 'fine', KEY);
  expect(await onDisk()).not.toContain('CANARY');
  await first.close();
  expect(await onDisk()).not.toContain('CANARY');

  const second = await house(url, keys);
  expect(await second.engine.serverModels.keys(SERVER)).toEqual(['fine']);
  // What a server can take out of the bot holds none of it.
  const shown = JSON.stringify([
    await second.engine.settings.whole(SERVER),
    await second.engine.audit.recent(SERVER),
    second.engine.serverModels.offered(),
  ]);
  expect(shown).not.toContain('CANARY');
  // Taken back, it is gone.
  expect(await second.engine.serverModels.dropKey(SERVER, 'fine')).toBe(true);
  expect(await second.store.get('server', `model-keys/${SERVER}`)).toBeUndefined();
  await second.close();
});

test('a key goes to the address that it was given for, and nowhere else', async () => {
  const url = `sqlite://${join(folder, 'dramatis.db')}`;
  const first = await house(url, [DATA_KEY]);
  await first.engine.serverModels.keepKey(SERVER, 'fine', KEY);
  await first.close();
  const moved = await house(url, [DATA_KEY], 'https://elsewhere.example/v1');
  expect(await moved.engine.serverModels.keys(SERVER)).toEqual([]);
  expect(await moved.engine.serverModels.missing(SERVER, 'fine')).toBe('no-key');
  await moved.close();
});
