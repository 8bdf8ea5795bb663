import { describe, expect, test } from 'vitest';
import type { Desk } from '../../../../src/engine/cards/cards-api.ts';
import type { Engine } from '../../../../src/engine/engine-api.ts';
import { playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';
import { smallCard, smallCardFile, smallWorldFile } from '../../../support/small-card.ts';
import { CREATOR, HERE, MODERATOR, STRANGER } from './card-desks.ts';

describe('several at once', () => {
  /** Moderation that answers when it is told to, so that something can come between. */
  function slowly() {
    const asked: (() => void)[] = [];
    const moderation = {
      name: 'a-moderation',
      check: () =>
        new Promise<{ flagged: boolean; categories: string[] }>((resolve) =>
          asked.push(() => resolve({ flagged: false, categories: [] })),
        ),
    };
    const waiting = (count: number) => expect.poll(() => asked.length).toBe(count);
    const answered = async (count: number) => {
      await waiting(count);
      for (const answer of asked.splice(0)) answer();
    };
    return { moderation, waiting, answered };
  }

  async function slowHouse() {
    const { moderation, waiting, answered } = slowly();
    const stage = createRecordingStage('discord', true);
    const house = await playHouse({ stage, moderation });
    const made = house.engine.cards.save(CREATOR, smallCard('Marrow'));
    await answered(1);
    await made;
    return { ...house, waiting, answered };
  }

  test('two who change one card: the second is told, and nothing of the first is lost', async () => {
    const { engine, answered } = await slowHouse();
    const change = (desk: Desk, data: Readonly<Record<string, unknown>>) =>
      engine.cards.save(desk, smallCard('Marrow', data), { id: 'marrow' });
    const both = Promise.allSettled([
      change(CREATOR, { scenario: 'A shed.' }),
      change(MODERATOR, { personality: 'dry' }),
    ]);
    await answered(2);
    expect((await both).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    const [, second] = await both;
    expect(second.status === 'rejected' && String(second.reason)).toContain(
      'Somebody changed this character',
    );
    expect((await engine.cards.library(HERE)).character('marrow')).toMatchObject({
      scenario: 'A shed.',
      personality: '',
    });
  });

  test('names that look alike, and the very same card, come once', async () => {
    const { engine, answered } = await slowHouse();
    const alike = Promise.allSettled([
      engine.cards.save(CREATOR, smallCard('Sexton')),
      engine.cards.save(STRANGER, smallCard('Sехton')),
    ]);
    await answered(2);
    expect((await alike).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    const same = Promise.all(
      [CREATOR, STRANGER].map((desk) => engine.cards.bring(desk, 'l.json', smallCardFile('Limpet'))),
    );
    await answered(2);
    expect((await same).flatMap(({ characters }) => characters.map(({ id }) => id))).toEqual([
      'limpet',
      'limpet',
    ]);
  });

  test.each([
    ['opts out', (engine: Engine) => engine.privacy.optOut('11')],
    ['has all of theirs erased', (engine: Engine) => engine.privacy.erase('11')],
  ])('nothing comes after somebody who %s', async (_what, goes) => {
    const { engine, store, waiting, answered } = await slowHouse();
    const coming = Promise.allSettled([
      engine.cards.bring(CREATOR, 's.json', smallCardFile('Sexton')),
      engine.cards.bring(CREATOR, 'The coast.json', smallWorldFile()),
    ]);
    await waiting(2);
    await goes(engine);
    await answered(2);
    expect((await coming).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await engine.cards.library(HERE)).character('sexton')).toBeUndefined();
    expect(await Array.fromAsync(store.ids('world'))).toEqual([]);
  });
});
