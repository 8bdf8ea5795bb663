import { expect, test } from 'vitest';
import { createBlocks } from '../../../../src/engine/access/blocks.ts';
import { openStore } from '../../../../src/store/open-store.ts';

const MARA = ['server', 'mara'] as const;
const BY = { by: 'moderator' };

test('whom nothing blocks is asked of the store once, until somebody blocks them', async () => {
  const store = await openStore('memory:');
  let asked = 0;
  const counted = {
    ...store,
    get(...key: Parameters<typeof store.get>) {
      asked += 1;
      return store.get(...key);
    },
  };
  const blocks = createBlocks(counted, () => 0);
  expect(await blocks.blocked(...MARA)).toBeUndefined();
  expect(await blocks.blocked(...MARA)).toBeUndefined();
  expect(asked).toBe(1);
  await blocks.block(...MARA, BY);
  expect(await blocks.blocked(...MARA)).toMatchObject(BY);
  await blocks.unblock(...MARA);
  expect(await blocks.blocked(...MARA)).toBeUndefined();
});

test('a block that is written while it is looked up holds from then on', async () => {
  const store = await openStore('memory:');
  const held = Promise.withResolvers<void>();
  const slow = {
    ...store,
    async get(...key: Parameters<typeof store.get>) {
      const found = await store.get(...key);
      await held.promise;
      return found;
    },
  };
  const blocks = createBlocks(slow, () => 0);
  const before = blocks.blocked(...MARA);
  await blocks.block(...MARA, BY);
  held.resolve();
  expect(await before).toBeUndefined();
  expect(await blocks.blocked(...MARA)).toMatchObject(BY);
});

test('a block of which it is unclear whether it was written is looked up', async () => {
  const store = await openStore('memory:');
  const unclear = {
    ...store,
    async put(...written: Parameters<typeof store.put>) {
      await store.put(...written);
      throw new Error('The connection broke.');
    },
  };
  const blocks = createBlocks(unclear, () => 0);
  expect(await blocks.blocked(...MARA)).toBeUndefined();
  await expect(blocks.block(...MARA, BY)).rejects.toThrow('broke');
  expect(await blocks.blocked(...MARA)).toMatchObject(BY);
});
