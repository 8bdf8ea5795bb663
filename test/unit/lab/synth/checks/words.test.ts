import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repeatsSpeech } from '../../../../../src/lab/synth/checks/repeats.ts';
import { amountOf, eachRun, runsIn, sharesRun, wordsOf } from '../../../../../src/lab/synth/checks/words.ts';

const word = fc.constantFrom('tide', 'bell', 'rope', '天', '黑', '了');

describe('runs of words', () => {
  test('are all of the shortest stretches that come to so much, and no other', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), fc.constantFrom(1, 2, 2.5, 4, 6), (words, length) => {
        const stretches = words.flatMap((_, from) => {
          const ends = words.map((_one, to) => to + 1).filter((to) => to > from);
          const end = ends.find((to) => amountOf(words.slice(from, to)) >= length);
          return end === undefined ? [] : [words.slice(from, end).join(' ')];
        });
        expect([...eachRun(words, length)]).toEqual(stretches);
      }),
    );
  });

  test('whatever is quoted whole is found, wherever it stands', () => {
    const some = fc.array(word, { maxLength: 10 });
    fc.assert(
      fc.property(some, some, some, (before, quoted, after) => {
        const found = sharesRun([...before, ...quoted, ...after], runsIn(quoted));
        expect(found || amountOf(quoted) < 6).toBe(true);
      }),
    );
  });

  test('six signs of Chinese are a phrase and no quotation; twelve are one', () => {
    const [thought, plan] = ['我不知道你在说什么，这个人很奇怪', '我不知道你在等什么，天已经黑了'];
    expect(sharesRun(wordsOf(plan), runsIn(wordsOf(thought)))).toBe(false);
    const copied = `他想：${thought}。`;
    expect(sharesRun(wordsOf(copied), runsIn(wordsOf(thought)))).toBe(true);
  });
});

describe('a thought repeats what is said', () => {
  const said =
    'The tide is wrong till four, and I do not cross in the dark, not for you and not for two shillings.';
  test.each([
    ['the tide is wrong till four', true],
    ['I do not cross in the dark', true],
    ['the dark is not for you and I do not cross', true],
    ['not wrong', false],
    ['I cross in two, not for four', false],
    ['She has run the last mile and has not slept', false],
  ])('%s', (thought, expected) => {
    expect(repeatsSpeech(wordsOf(thought), wordsOf(said))).toBe(expected);
  });
});
