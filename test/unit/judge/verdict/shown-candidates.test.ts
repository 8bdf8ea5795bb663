import { describe, expect, test } from 'vitest';
import { showCandidates, sidesFrom } from '../../../../src/judge/verdict/shown-candidates.ts';
import { aPair } from './a-pair.ts';

const RULES = ['x'.repeat(60), 'y'.repeat(40)];
const speech = (text: string) => ({ segments: [{ kind: 'speech' as const, text }] });

/** Two candidates of so many letters before a judge that reads so many tokens and may answer with 400. */
function shown(a: number, b: number, contextSize = 1400) {
  const model = { name: 'm', contextSize, maxTokens: 400 };
  return showCandidates(
    aPair({ model, first: speech('a'.repeat(a)), second: speech('b'.repeat(b)) }),
    400,
    RULES,
  );
}

// Of 1400 tokens 1000 are left, at three characters each, less 900 and the hundred of the rules: 2000.
describe('candidates', () => {
  test('are shown whole up to a quarter of the room each, and the rest is left', () => {
    expect(shown(500, 10)).toEqual({
      texts: { first: 'a'.repeat(500), second: 'b'.repeat(10) },
      note: '',
      room: 1490,
    });
  });

  test.each([
    [501, 10],
    [10, 501],
    [600, 9000],
  ])('of %i and %i letters are cut at the same length, which is said', (a, b) => {
    const { texts, note, room } = shown(a, b);
    expect(texts.first).toBe(a > 500 ? `${'a'.repeat(499)}…` : 'a'.repeat(a));
    expect(texts.second).toBe(b > 500 ? `${'b'.repeat(499)}…` : 'b'.repeat(b));
    expect(note).toContain('was cut at the same length');
    expect(room).toBe(2000 - Math.min(a, 500) - Math.min(b, 500));
  });

  test('keep 300 letters before a judge that reads next to nothing, and nothing is left', () => {
    expect(shown(301, 300, 500)).toMatchObject({
      texts: { first: `${'a'.repeat(299)}…`, second: 'b'.repeat(300) },
      room: 0,
    });
  });

  test('have 8000 letters at most, however much a judge can read', () => {
    expect(shown(8001, 8000, 1_000_000).texts).toEqual({
      first: `${'a'.repeat(7999)}…`,
      second: 'b'.repeat(8000),
    });
  });

  test('come in the order in which they are shown', () => {
    expect(sidesFrom('first')).toEqual(['first', 'second']);
    expect(sidesFrom('second')).toEqual(['second', 'first']);
  });
});
