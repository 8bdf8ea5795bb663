import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationWords } from '../../../../src/engine/clock-words.ts';
import { readDuration } from '../../../../src/engine/command/duration.ts';
import { render } from '../../../../src/words/render.ts';
import { say } from '../../../../src/words/text.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

test.each([
  ['2 hours', 2 * HOUR],
  ['30 min', 30],
  ['45', 45],
  ['3 days', 3 * DAY],
  ['1h30', HOUR + 30],
  ['1h 5m', HOUR + 5],
  ['1 h', HOUR],
  ['2h15min', 2 * HOUR + 15],
  ['1.5 hours', HOUR + 30],
  ['a week', 7 * DAY],
  ['An Hour', HOUR],
  ['half an hour', 30],
  ['an hour and a half', HOUR + 30],
  ['two days and 4 hours', 2 * DAY + 4 * HOUR],
  ['1 day, 2 hours, 3 minutes', DAY + 2 * HOUR + 3],
  ['a fortnight', 14 * DAY],
  ['a month', 30 * DAY],
  ['2 years', 730 * DAY],
  ['  a night  ', DAY],
])('%s', (typed, minutes) => {
  expect(readDuration(typed)).toBe(minutes);
});

test.each([
  ['soon', 'Write it as 2 hours'],
  ['2 parsecs', 'Write it as 2 hours'],
  ['an', 'Write it as 2 hours'],
  ['-3 days', 'Write it as 2 hours'],
  ['constructor hours', 'Write it as 2 hours'],
  ['2 hours ago', 'Write it as 2 hours'],
  ['0 min', 'At least a minute'],
  ['101 years', 'At most a hundred years'],
  ['99999999999999999999 days', 'At most a hundred years'],
])('%s is answered with what to write', (typed, expected) => {
  expect(() => readDuration(typed)).toThrow(expected);
});

test('reads what is said of a stretch of time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 * DAY }), (minutes) => {
      const words = render(say('{{long}}', { long: durationWords(minutes) }));
      // It names the two largest units only.
      const said = readDuration(words);
      expect(render(say('{{long}}', { long: durationWords(said) }))).toBe(words);
      expect(minutes - said).toBeLessThan(HOUR);
    }),
  );
});

test('a long text of nothing is refused in time linear in it', () => {
  expect(() => readDuration('1 h and '.repeat(200_000))).toThrow('Write it as');
});
