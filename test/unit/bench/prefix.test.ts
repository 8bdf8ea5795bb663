import { describe, expect, test } from 'vitest';
import { naiveLayout } from '../../../bench/prefix/naive-layout.ts';
import type { Prompt } from '../../../bench/prefix/recorded-scene.ts';
import { repeatedBy, shareOf } from '../../../bench/prefix/repeated.ts';
import { commonLength, countTokens } from '../../../bench/prefix/tokens.ts';

function prompt(who: string, system: string, lines: readonly string[], present = [who]): Prompt {
  return {
    who,
    present,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: lines.join('\n\n') },
    ],
  };
}

const LINES = Array.from({ length: 40 }, (_, n) => `Tom: line ${n} of the talk`);

describe('tokens', () => {
  test.each([
    ['', 0],
    ['tide', 1],
    ['the tide turns', 3],
    ['lighthouses', 2],
    ['Well, no.\n\nYes', 6],
    ['<role_action>nods</role_action>', 12],
  ])('%j has %i', (text, tokens) => {
    expect(countTokens(text)).toBe(tokens);
  });

  test('the common beginning is found to the letter', () => {
    const long = 'x'.repeat(5000);
    expect(commonLength('', 'a')).toBe(0);
    expect(commonLength('abc', 'abd')).toBe(2);
    expect(commonLength(`${long}a`, `${long}b`)).toBe(5000);
    expect(commonLength(long, `${long}b`)).toBe(5000);
  });
});

describe('repeated', () => {
  test('is what the same reader’s previous prompt began with', () => {
    const [wenna, tom] = repeatedBy([
      prompt('Wenna', 'Play Wenna.', LINES.slice(0, 10)),
      prompt('Tom', 'Play Tom.', LINES.slice(0, 11)),
      prompt('Wenna', 'Play Wenna.', LINES.slice(0, 12)),
    ]);
    expect(wenna).toMatchObject({ who: 'Wenna', prompts: 2, breaks: 0 });
    expect(tom).toMatchObject({ who: 'Tom', prompts: 1, repeated: 0, breaks: 0 });
    // All but the two new lines, the mark that ends the message and the one that opens the answer.
    const first = countTokens(`<|im_start|>system\nPlay Wenna.<|im_end|>\n<|im_start|>user\n`);
    expect(wenna?.repeated).toBe(first + countTokens(LINES.slice(0, 10).join('\n\n')));
  });

  test('is next to nothing where the beginning changes', () => {
    const counted = repeatedBy([
      prompt('Wenna', 'One.', LINES),
      prompt('Wenna', 'Two.', LINES),
      prompt('Wenna', 'Three.', LINES),
    ]);
    expect(shareOf(counted)).toBeLessThan(0.05);
  });
});

describe('the naive layout', () => {
  test('drops the oldest line when there is no room, and tells who is present', () => {
    const all = [20, 21].map((lines) =>
      prompt('Wenna', 'Play Wenna.', LINES.slice(0, lines), ['Wenna', 'Tom']),
    );
    const [one, two] = naiveLayout(all, 100);
    expect(one?.messages[0]?.content).toBe('Play Wenna.\n\n## Who is here now\n\nWenna, Tom');
    const [first, second] = [one, two].map((laidOut) => laidOut?.messages[1]?.content.split('\n\n') ?? []);
    expect(first?.at(-1)).toBe(LINES[19]);
    expect(second?.at(-1)).toBe(LINES[20]);
    expect(first?.length).toBe(second?.length);
    expect(first?.length).toBeLessThan(20);
  });
});
