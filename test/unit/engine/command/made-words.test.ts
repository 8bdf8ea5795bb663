import { describe, expect, test } from 'vitest';
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

describe('lore', () => {
  const made = { by: 'm', why: '', attempts: 1 };
  const words = (change: Parameters<typeof madeWords>[1]) =>
    render(madeWords(3, change)).split('\n').slice(1);

  test('is told by name, with what called it up and where', () => {
    const named = [
      { name: 'harbour light', why: 'key', key: 'lamp', beat: 12 },
      { name: '*tide*', why: 'constant' },
      { name: 'storm', why: 'sticky' },
      { name: 'wreck', why: 'recursion', key: 'storm' },
      { name: '4', why: 'key', beat: 12 },
    ] as const;
    expect(words({ ...made, named, withheld: 0 })).toEqual([
      'Lore: “harbour light” because “lamp” was said at #12; “\\*tide\\*”, which needs no key; ' +
        '“storm”, which stays for a while; “wreck” because “storm” is in another entry; “4”, which was spoken of.',
    ]);
  });

  test('that had no room, or would tell what is not for them, is counted', () => {
    expect(words({ ...made, named: [], withheld: 2, loreLeft: 3 })).toEqual([
      '2 entries were called up by what is not for your eyes.',
      '3 entries of lore had no room (loreTokens).',
    ]);
  });

  test('that is much is told of in part', () => {
    const named = Array.from({ length: 30 }, (_, at) => ({ name: `e${at}`, why: 'constant' }) as const);
    expect(words({ ...made, named })[0]).toMatch(/e11”, which needs no key; 18 more\.$/);
  });
});
