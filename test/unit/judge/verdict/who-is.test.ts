import { describe, expect, test } from 'vitest';
import { type Called, whoIs } from '../../../../src/judge/verdict/who-is.ts';

const LABELS = { first: 'KV', second: 'RZ' } as const;
const CALLED: Called = { labels: LABELS, shownFirst: 'second' };

describe('whom a judge means', () => {
  test.each([
    ['KV', 'first'],
    ['rz.', 'second'],
    ['Candidate KV', 'first'],
    ['**RZ** is clearly the better one', 'second'],
    ['ＫＶ', 'first'],
    ['KV, since it answers her', 'first'],
    ['A clear case for KV', 'first'],
  ])('by a label: %j', (said, meant) => {
    expect(whoIs(said, CALLED)).toBe(meant);
  });

  test.each([
    ['candidate 1', 'first'],
    ['cand_2', 'second'],
    ['Response1', 'first'],
    [1, 'first'],
    [2, 'second'],
    ['the first', 'first'],
    ['second candidate', 'second'],
    ['1st', 'first'],
    ['the 2nd one', 'second'],
    ['A', 'first'],
    ['Response B', 'second'],
    ['the option A is better', 'first'],
    ['B wins', 'second'],
    ['line B was the winner', 'second'],
    ['a is best', 'first'],
    ['b win', 'second'],
  ])('by a place, as they were shown: %j', (said, place) => {
    expect(whoIs(said, { labels: LABELS, shownFirst: 'first' })).toBe(place);
    expect(whoIs(said, CALLED)).toBe(place === 'first' ? 'second' : 'first');
  });

  test.each([
    ['tie', 'tie'],
    ['It is a draw.', 'tie'],
    ['both', 'both'],
    ['KV and RZ', 'both'],
    ['1, 2', 'both'],
    ['KV and RZ tie', 'tie'],
    ['both are equal', 'tie'],
    ['neither', 'none'],
    ['nobody', 'none'],
  ])('both of them, or nobody: %j', (said, meant) => {
    expect(whoIs(said, CALLED)).toBe(meant);
  });

  test.each([
    ['XQ'],
    ['candidate 3'],
    ['candidate 12'],
    ['the better candidate'],
    ['KV|RZ'],
    ['KV/RZ/tie'],
    ['not option A'],
    ['a or b'],
    ['KV, tie'],
    ['KV or both'],
    ['KV and RZ disagree'],
    ['KV and RZ tie, says Holmes'],
    ['both are equal to Holmes'],
    ['Holmes ties with Watson: a tie'],
    ['neither KV nor RZ'],
    ['KV rather than RZ'],
    ['KV is not warmer'],
    ['KV would lose'],
    ["KV isn't warmer"],
    ['Hardly KV, which is weaker'],
  ])('none of these is clear: %j', (said) => {
    expect(whoIs(said, CALLED)).toBe('third');
  });

  test.each([[undefined], [null], [true], [''], [' — '], [['KV']]])(
    'where nothing stands, nobody: %j',
    (value) => {
      expect(whoIs(value, CALLED)).toBeUndefined();
    },
  );

  test('is read from the first 300 characters', () => {
    const before = 'Well, '.repeat(49);
    expect(whoIs(`${before}KV`, CALLED)).toBe('first');
    expect(whoIs(`${before}well, KV`, CALLED)).toBe('third');
  });
});
