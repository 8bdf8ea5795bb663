import { describe, expect, test } from 'vitest';
import { silentLog } from '../../../../src/log.ts';
import { createDocuments, type Seen } from '../../../../src/stage/discord/documents.ts';
import { createBackground } from '../../../../src/stage/discord/gateway/background.ts';
import { MOST_AT_ONCE, notingInARush } from '../../../../src/stage/discord/gateway/noting-in-a-rush.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { createHandClock } from '../../../support/hand-clock.ts';

const EVERY_MS = 1000;

const upTo = (message: string): Seen => ({ message, heard: [message] });

/** @param broken whether the store is out of order */
async function open(broken: () => boolean = () => false) {
  const store = await openStore('memory:');
  const asked = { reads: 0, writes: 0 };
  const background = createBackground(silentLog, new AbortController().signal);
  const clock = createHandClock();
  const counted = {
    ...store,
    async get(...key: Parameters<typeof store.get>) {
      asked.reads += 1;
      return store.get(...key);
    },
    async put(...written: Parameters<typeof store.put>) {
      if (broken()) throw new Error('The disk is full.');
      asked.writes += 1;
      await store.put(...written);
    },
  };
  const options = { background, clock, everyMs: EVERY_MS };
  return {
    documents: notingInARush(createDocuments(counted), options),
    stored: (channel: string) => createDocuments(store).seen(channel),
    asked,
    background,
    clock,
  };
}

describe('what was seen', () => {
  test('is written at once as long as there is no rush', async () => {
    const { documents, stored, asked } = await open();
    for (let message = 1; message <= MOST_AT_ONCE; message += 1) {
      await documents.putSeen('1', upTo(String(message)));
      expect(await stored('1')).toEqual(upTo(String(message)));
    }
    expect(asked).toEqual({ reads: 0, writes: MOST_AT_ONCE });
  });

  test('is written once for many messages in a rush, and known all the while', async () => {
    const { documents, stored, asked, clock } = await open();
    for (let message = 1; message <= MOST_AT_ONCE + 5; message += 1) {
      await documents.putSeen('1', upTo(String(message)));
      expect(await documents.seen('1')).toEqual(upTo(String(message)));
    }
    await documents.putSeen('2', upTo('9'));
    expect(await stored('1')).toEqual(upTo(String(MOST_AT_ONCE)));
    expect(await stored('2')).toBeUndefined();
    await clock.pass(EVERY_MS);
    expect([await stored('1'), await stored('2')]).toEqual([upTo(String(MOST_AT_ONCE + 5)), upTo('9')]);
    expect(asked).toEqual({ reads: 0, writes: MOST_AT_ONCE + 2 });
    await documents.putSeen('2', upTo('10'));
    expect(await stored('2')).toEqual(upTo('10'));
  });

  test('is written at once where a scene begins, also in a rush', async () => {
    const { documents, stored } = await open();
    for (let message = 1; message <= MOST_AT_ONCE + 1; message += 1)
      await documents.putSeen('1', upTo(String(message)));
    await documents.putSeen('2', { message: '50', heard: [] });
    expect(await stored('2')).toEqual({ message: '50', heard: [] });
  });

  test('is written when the stage closes, and at once from then on', async () => {
    const { documents, stored, background } = await open();
    for (let message = 1; message <= MOST_AT_ONCE + 1; message += 1)
      await documents.putSeen('1', upTo(String(message)));
    await background.close();
    expect(await stored('1')).toEqual(upTo(String(MOST_AT_ONCE + 1)));
    for (let message = 100; message <= 100 + MOST_AT_ONCE; message += 1)
      await documents.putSeen('1', upTo(String(message)));
    expect(await stored('1')).toEqual(upTo(String(100 + MOST_AT_ONCE)));
  });

  test('is written later where the store was out of order', async () => {
    let broken = true;
    const { documents, stored, clock } = await open(() => broken);
    await expect(documents.putSeen('1', upTo('7'))).rejects.toThrow('full');
    broken = false;
    await clock.pass(EVERY_MS);
    expect(await stored('1')).toEqual(upTo('7'));
  });

  test('is asked of the store for channels that were silent longest among very many', async () => {
    const { documents, asked, clock } = await open();
    for (let channel = 1; channel <= 1001; channel += 1) {
      await documents.putSeen(String(channel), upTo('7'));
      await clock.pass(EVERY_MS);
    }
    expect(await documents.seen('2')).toEqual(upTo('7'));
    expect(asked.reads).toBe(0);
    expect(await documents.seen('1')).toEqual(upTo('7'));
    expect(asked.reads).toBe(1);
  });
});
