import { describe, expect, test } from 'vitest';
import { createMailbox } from '../../../src/engine/mailbox.ts';
import { playerActor } from '../../../src/engine/player-actor.ts';

describe('a mailbox', () => {
  test('runs one task at a time, in order, and goes on after one that failed', async () => {
    const mailbox = createMailbox();
    const seen: string[] = [];
    const slow = mailbox.post(async () => {
      seen.push('slow starts');
      await new Promise((resolve) => setImmediate(resolve));
      seen.push('slow ends');
    });
    const failing = mailbox.post(async () => {
      seen.push('failing');
      throw new Error('no');
    });
    const last = mailbox.post(async () => {
      seen.push('last');
      return 7;
    });
    await expect(failing).rejects.toThrow('no');
    await slow;
    expect(await last).toBe(7);
    expect(seen).toEqual(['slow starts', 'slow ends', 'failing', 'last']);
  });

  test('is empty once everything ran, what was posted meanwhile included', async () => {
    const mailbox = createMailbox();
    let later: Promise<void> | undefined;
    let ran = false;
    const first = mailbox.post(async () => {
      later = mailbox.post(async () => {
        ran = true;
      });
    });
    await mailbox.empty();
    expect(ran).toBe(true);
    await Promise.all([first, later]);
  });
});

describe('a player’s name', () => {
  test.each([
    ['Mara', 'Mara'],
    ['  Mara \n of   Ely ', 'Mara of Ely'],
    ['**Mara**: <b>', 'Mara b'],
    ['Tom Reddick', 'Tom Reddick (player)'],
    ['environment', 'environment (player)'],
    ['\u200b\u202e', 'Someone'],
    ['x'.repeat(200), 'x'.repeat(40)],
  ])('%j becomes %j', (name, expected) => {
    expect(playerActor({ id: '1', name }, ['Tom Reddick', 'Environment']).name).toBe(expected);
  });
});
