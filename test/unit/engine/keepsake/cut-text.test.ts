import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText } from '../../../../src/engine/keepsake/cut-text.ts';

test('a text is cut after a sentence, else after a word', () => {
  expect(cutText('The tide  turns.\nWe go.', 40)).toBe('The tide turns. We go.');
  expect(cutText('The tide turns. We go before it does, and never look back.', 30)).toBe('The tide turns.');
  expect(cutText('I asked Mr. Darcy whether he would dance with me', 30)).toBe(
    'I asked Mr. Darcy whether he…',
  );
  expect(cutText('潮が変わる。行こう、今すぐに。', 8)).toBe('潮が変わる。');
});

test('it is never longer than it may be, and breaks no letter in two', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.integer({ min: 2, max: 120 }),
      (text, longest) => {
        const cut = cutText(text, longest);
        expect(cut.length).toBeLessThanOrEqual(longest);
        expect(cut.isWellFormed()).toBe(true);
      },
    ),
  );
});
