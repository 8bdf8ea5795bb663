import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockWords } from '../../../../src/engine/clock-words.ts';
import { readClock } from '../../../../src/engine/command/story-clock.ts';

const DAY = 24 * 60;

test.each([
  ['21:30', 0, 21 * 60 + 30],
  ['7.05', 0, 7 * 60 + 5],
  ['21h30', 0, 21 * 60 + 30],
  ['9 pm', 0, 21 * 60],
  ['9:15 P.M.', 0, 21 * 60 + 15],
  ['12 am', 0, 0],
  ['12 pm', 0, 12 * 60],
  ['noon', 0, 12 * 60],
  ['midnight', 0, 0],
  ['day 2 07:00', 0, DAY + 7 * 60],
  ['Day 3, noon', 0, 2 * DAY + 12 * 60],
  ['day 1 at 8 am', 5 * DAY, 8 * 60],
  ['07:00', DAY + 60, DAY + 7 * 60],
])('%s, when it is minute %i', (typed, now, minutes) => {
  expect(readClock(typed, now)).toBe(minutes);
});

test.each(['', '24:00', '12:60', '13 pm', '0 am', '9', 'day 0 07:00', 'day 2', 'teatime', 'day 99999 07:00'])(
  '“%s” is answered with what to write',
  (typed) => {
    expect(() => readClock(typed)).toThrow('Write it as 21:30');
  },
);

test('reads what the story’s clock says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 * DAY }), (minutes) => {
      expect(readClock(clockWords(minutes))).toBe(minutes);
    }),
  );
});
