import { describe, expect, test } from 'vitest';
import type { Segment } from '../../../../src/format/segments.ts';
import { candidateText, candidateWeight } from '../../../../src/judge/verdict/candidate-text.ts';

const speech = (text: string): Segment => ({ kind: 'speech', text });
const action = (text: string): Segment => ({ kind: 'action', text });

describe('a candidate', () => {
  test.each([
    ['"Help!" she said.', '“Help!” she said.'],
    ['She said "help", ("no") and—"yes"', 'She said “help”, (“no”) and—“yes”'],
    ['six feet 2" tall', 'six feet 2” tall'],
    ['C:\\', 'C:⧵'],
  ])('has signs that need no escape: %s', (text, expected) => {
    expect(candidateText({ segments: [speech(text)] })).toBe(expected);
  });

  test('is cut where all that it says and does has the weight', () => {
    const segments = [speech('a'.repeat(30)), action('b'.repeat(30)), speech('c'.repeat(30))];
    const upTo = (most: number) => candidateText({ segments }, most);
    const [as, bs] = ['a'.repeat(30), `<role_action>${'b'.repeat(30)}</role_action>`];
    expect(upTo(90)).toBe(candidateText({ segments }));
    expect(upTo(89)).toBe(`${as}${bs}${'c'.repeat(28)}…`);
    expect(upTo(50)).toBe(`${as}<role_action>${'b'.repeat(19)}…</role_action>`);
    expect(upTo(31)).toBe(`${as}<role_action>…</role_action>`);
    expect(upTo(30)).toBe(as);
    expect(upTo(29)).toBe(`${'a'.repeat(28)}…`);
    expect(candidateWeight({ segments })).toBe(90);
  });
});
