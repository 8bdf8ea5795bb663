import { expect, test } from 'vitest';
import { weightOf } from '../../../src/scene/weight-of.ts';

test.each([
  ['nothing', '', 0],
  ['Latin letters and quotation marks', 'Good evening — “friends”…', 25],
  ['Cyrillic', 'Добрый', 12],
  ['Chinese', '早上好', 9],
  ['an emoji, which is two characters', '🕯', 6],
  ['the last that weighs one: a combining x', '\u036f', 1],
  ['the first Greek one', '\u0370', 2],
  ['the last Georgian one', '\u10ff', 2],
  ['the first Korean one', '\u1100', 3],
  ['what comes before punctuation', '\u1fff', 3],
  ['the first of punctuation', '\u2000', 1],
  ['the last of punctuation', '\u206f', 1],
  ['what comes after punctuation', '\u2070', 3],
])('%s: %j weighs %i', (_, text, weight) => {
  expect(weightOf(text)).toBe(weight);
});
