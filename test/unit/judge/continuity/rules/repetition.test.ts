import { expect, test } from 'vitest';
import { repetition } from '../../../../../src/judge/continuity/rules/repetition.ts';
import { bareLine, done, said } from '../known-to.ts';

test.each([
  [
    'a sentence that it said before',
    said('You again. The river keeps what the river takes.'),
    ['The river keeps what the river takes!'],
    'The river keeps what the river takes.',
  ],
  [
    'half of a sentence',
    said('I tell you now, there was a lantern burning in the tower window all night.'),
    ['Nobody lives there, yet there was a lantern burning in the tower window on Friday.'],
    'there was a lantern burning in the tower window',
  ],
  [
    'what it did before',
    done('wipes the counter with a grey rag, slowly'),
    ['wipes the counter with a grey rag, slowly'],
    'wipes the counter with a grey rag, slowly',
  ],
  [
    'the same sentence twice in one line',
    said('The bridge will not hold a cart. Go back. The bridge will not hold a cart.'),
    [],
    'The bridge will not hold a cart.',
  ],
  [
    'a sentence of five words',
    said('Mind you: no.\n\nThe lantern burns without oil.'),
    ['So it is.  The lantern burns without oil!'],
    'The lantern burns without oil.',
  ],
  [
    'a sentence without spaces',
    said('你好吗？灯笼在塔楼的窗户里亮着。'),
    ['今天下雨。灯笼在塔楼的窗户里亮着。'],
    '灯笼在塔楼的窗户里亮着。',
  ],
])('is found: %s', (_name, segments, own, quote) => {
  expect(repetition(bareLine(segments, { own }))).toBe(quote);
});

test.each([
  [
    'everyday phrases',
    said('I do not know. What do you want from me?'),
    ['I do not know. What do you want from me?'],
  ],
  ['four telling words', said('Rope burns hands badly.'), ['Rope burns hands badly.']],
  ['a short catchphrase', said('Rope is rope.'), ['Rope is rope.']],
  [
    'words alike in another order',
    said('The lantern in the tower went out.'),
    ['Out went the tower, lantern and all.'],
  ],
  ['a greeting', said('Good evening to you, sir.'), ['Good evening to you, sir.']],
])('is not found: %s', (_name, segments, own) => {
  expect(repetition(bareLine(segments, { own }))).toBeUndefined();
});

test('what another said is no repetition', () => {
  const segments = said('The river keeps what the river takes.');
  expect(
    repetition(bareLine(segments, { heard: ['The river keeps what the river takes.'] })),
  ).toBeUndefined();
});
