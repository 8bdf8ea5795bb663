import { describe, expect, test } from 'vitest';
import { createQuotes } from '../../../../src/engine/privacy/quotes.ts';

const SAID = 'I hid the letter under the third board of the pier.';

function quotesOf(...texts: string[]) {
  const quotes = createQuotes();
  for (const text of texts) quotes.add(text);
  return quotes;
}

describe('what others repeat of somebody’s words', () => {
  test.each([
    ['all of it', `She said: “${SAID}”`, 'She said: “….”'],
    [
      'in another case and with other marks',
      'HID, the letter under the THIRD board — no more.',
      '… — no more.',
    ],
    ['twice', `${SAID} And again: ${SAID}`, '…. And again: ….'],
    ['fewer than six words', 'The letter under the third door.', 'The letter under the third door.'],
    ['nothing', 'The tide is late.', 'The tide is late.'],
  ])('%s', (_what, text, left) => {
    expect(quotesOf(SAID).putOut(text).replace(/”/u, '”')).toBe(left);
  });

  test('what other words hold as well stays', () => {
    const quotes = quotesOf(SAID);
    quotes.forgive('I hid the letter under the third board, I think.');
    expect(quotes.putOut('I hid the letter under the third board.')).toContain('third board');
    expect(quotes.putOut('He knows: under the third board of the pier.')).not.toContain(
      'third board of the pier',
    );
    quotes.forgive(SAID);
    expect(quotes.none()).toBe(true);
  });
});
