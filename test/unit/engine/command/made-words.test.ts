import { expect, test } from 'vitest';
import { madeWords } from '../../../../src/engine/command/made-words.ts';
import { render } from '../../../../src/words/render.ts';

test('tells who made a line, why, in how long and of how much', () => {
  const made = {
    by: 'some-model',
    why: 'he was just insulted',
    attempts: 2,
    promptTokens: 1200,
    cachedTokens: 900,
    completionTokens: 80,
    msToFirst: 420,
    msToLast: 2100,
  };
  expect(render(madeWords(12, made))).toBe(
    [
      '#12 was made by some-model.',
      'Why this speaker: he was just insulted',
      'It took 2 attempts.',
      'Time: 0.4 s to the first token, 2.1 s in all.',
      'Tokens: 1200 read (900 of them cached), 80 written.',
    ].join('\n'),
  );
});

test.each([
  ['script', '#3 was read from the script of the demo.\nWhy this speaker: it was their cue'],
  ['hand', '#3 was written by hand, with /say.'],
])('by %s there is nothing to measure', (by, expected) => {
  expect(render(madeWords(3, { by, why: 'it was their cue', attempts: 1 }))).toBe(expected);
});

test('of what nobody made there is nothing to tell', () => {
  expect(render(madeWords(3, undefined))).toContain('made by no model');
});
