import { describe, expect, test } from 'vitest';
import { createEchoBoard } from '../../../../src/stage/discord/lines/echo-board.ts';

const line = { channel: '1', webhook: '2', name: 'Mira', content: 'Yes.' };

/** What a watch has seen by now. */
async function seenBy(watch: { seen: Promise<string> }): Promise<string | undefined> {
  return Promise.race([watch.seen, Promise.resolve(undefined)]);
}

describe('the echo board', () => {
  test('sees a line come back, also trimmed and without its withheld text', async () => {
    for (const content of ['Yes.', 'Yes. ', '']) {
      const board = createEchoBoard();
      const watch = board.expect(line);
      board.heard({ ...line, id: '10', content });
      expect(await seenBy(watch)).toBe('10');
    }
  });

  test.each([
    ['channel', '9'],
    ['webhook', '9'],
    ['name', 'Ada'],
    ['content', 'No.'],
  ])('takes nothing for it with another %s', async (field, value) => {
    const board = createEchoBoard();
    const watch = board.expect(line);
    board.heard({ ...line, id: '10', [field]: value });
    expect(await seenBy(watch)).toBeUndefined();
  });

  test('does not take the late echo of the same words for the next line', async () => {
    const board = createEchoBoard();
    board.settled('1', '10');
    const watch = board.expect(line);
    board.heard({ ...line, id: '10' });
    expect(await seenBy(watch)).toBeUndefined();
    board.heard({ ...line, id: '11' });
    expect(await seenBy(watch)).toBe('11');
  });

  test('forgets a line that was released', async () => {
    const board = createEchoBoard();
    const watch = board.expect(line);
    watch.release();
    board.heard({ ...line, id: '10' });
    expect(await seenBy(watch)).toBeUndefined();
  });
});
