import { describe, expect, test } from 'vitest';
import { createDocuments } from '../../../../src/stage/discord/documents.ts';
import { openStore } from '../../../../src/store/open-store.ts';

describe('what was seen in a channel', () => {
  test('is read again by the next run', async () => {
    const store = await openStore('memory:');
    const seen = { message: '7', heard: ['5', { id: '7', edited: 3 }] };
    await createDocuments(store).putSeen('1', seen);
    expect(await createDocuments(store).seen('1')).toEqual(seen);
  });

  test('is read as an earlier version wrote it', async () => {
    const store = await openStore('memory:');
    const seen = { message: '7', heard: [{ id: '7', edited: 0 }] };
    await store.put('stage', 'seen/1', seen);
    expect(await createDocuments(store).seen('1')).toEqual(seen);
  });
});
