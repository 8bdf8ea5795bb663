import { describe, expect, test } from 'vitest';
import { createBlockCache } from '../../../bench/prefix/block-cache.ts';
import { naiveLayout, wholeHistory } from '../../../bench/prefix/naive-layout.ts';
import { inGroups, interleaved } from '../../../bench/prefix/read-prompts.ts';
import type { Prompt } from '../../../bench/prefix/recorded-scene.ts';
import { repeatedBy, shareOf, shareRead } from '../../../bench/prefix/repeated.ts';
import { sharedFirst } from '../../../bench/prefix/shared-first.ts';
import { createTokenizer } from '../../../bench/prefix/token-ids.ts';
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
    ['<|im_start|>user\nYes<|im_end|>\n', 6],
  ])('%j has %i', (text, tokens) => {
    expect(countTokens(text)).toBe(tokens);
  });

  test('are the same where they are given numbers', () => {
    const tokenize = createTokenizer();
    const text = `<|im_start|>user\n\nWell, no.\n${LINES.join('\n\n')}\n\n\n  Yes<|im_end|>\n`;
    expect(tokenize(text)).toHaveLength(countTokens(text));
    expect(tokenize('no, no')).toEqual([0, 1, 2].map((at) => tokenize('no, no')[at]));
    expect(tokenize('a')).not.toEqual(tokenize('b'));
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
    const { tokens = 0, repeated = 0, read } = wenna ?? {};
    expect(read?.break).toBe(0);
    expect((read?.first ?? 0) + (read?.tail ?? 0) + (read?.lines ?? 0)).toBe(tokens - repeated);
    expect(read?.lines).toBe(countTokens(`\n\n${LINES.slice(10, 12).join('\n\n')}`));
  });

  test('is next to nothing where the beginning changes', () => {
    const talk = Array.from({ length: 4 }, () => LINES).flat();
    const counted = repeatedBy([
      prompt('Wenna', 'One.', talk),
      prompt('Wenna', 'Two.', talk),
      prompt('Wenna', 'Three.', talk),
    ]);
    expect(shareOf(counted)).toBeLessThan(0.05);
    expect(shareRead(counted, 'first') + shareRead(counted, 'break')).toBeGreaterThan(0.95);
  });
});

/** So many words of one token each. */
function words(from: number, to: number): string {
  return Array.from(
    { length: to - from },
    (_, at) => `${at === 0 && from === 0 ? '' : ' '}w${from + at}`,
  ).join('');
}

describe('a cache of blocks', () => {
  test('keeps whole blocks, by what stands before them', () => {
    const cache = createBlockCache();
    expect(cache.read(words(0, 40))).toEqual({ tokens: 40, prefilled: 40 });
    // Two whole blocks; the third was not full.
    expect(cache.read(words(0, 50))).toEqual({ tokens: 50, prefilled: 18 });
    expect(cache.read(words(0, 50))).toEqual({ tokens: 50, prefilled: 2 });
    // The last token is always computed, and with it its block.
    expect(cache.read(words(0, 48))).toEqual({ tokens: 48, prefilled: 16 });
    expect(cache.read(`${words(0, 8)} else${words(9, 50)}`)).toEqual({ tokens: 50, prefilled: 50 });
    expect(cache.read(words(16, 50))).toEqual({ tokens: 34, prefilled: 34 });
  });

  test('lets go of what was used longest ago, of a prompt the end first', () => {
    const cache = createBlockCache(5 * 16);
    cache.read(words(0, 49));
    cache.read(words(100, 149));
    // Of the first prompt’s three blocks the last is gone.
    expect(cache.read(words(0, 49)).prefilled).toBe(17);
    expect(cache.read(words(100, 149)).prefilled).toBe(17);
  });
});

describe('scenes at once', () => {
  test('take turns, request by request', () => {
    const scenes = ['ab', 'c', 'def'].map((names) => [...names].map((who) => prompt(who, '', [])));
    expect(interleaved(scenes).map(({ who }) => who)).toEqual(['a', 'c', 'd', 'b', 'e', 'f']);
    expect(inGroups([1, 2, 3], 2)).toEqual([[1, 2], [3]]);
  });
});

describe('one transcript first', () => {
  const HEAD = 'Rules.\n\n## The scene\n\nAn inn.';
  const turn = (who: string, own: string, messages: Prompt['messages']): Prompt => ({
    ...{ who, present: [] },
    messages: [{ role: 'system', content: `${HEAD}\n\n${own}` }, ...messages],
  });
  const prompts = [
    turn('Ann', 'You are Ann.', [
      { role: 'user', content: 'The scene begins.\n\nBen: Evening.' },
      { role: 'assistant', content: '<role_thinking>Him again</role_thinking>Evening, Ben.' },
      { role: 'user', content: 'Ben: Cold.\n\n[Ann knows this.]\n\n[Ann’s turn.]' },
    ]),
    turn('Ben', 'You are Ben.', [
      { role: 'user', content: 'The scene begins.' },
      { role: 'assistant', content: '<role_thinking>Her again</role_thinking>Evening.' },
      { role: 'user', content: 'Ann: Evening, Ben.' },
      { role: 'assistant', content: 'Cold.' },
      { role: 'user', content: '[Ben’s turn.]' },
    ]),
  ];

  test('is the same for all who have seen the same; what is a reader’s own stands behind it', () => {
    const [ann, ben] = sharedFirst(prompts, 32_768).map(({ messages }) => messages);
    const seen = 'The scene begins.\n\nBen: Evening.\n\nAnn: Evening, Ben.\n\nBen: Cold.';
    expect(ann?.map(({ content }) => content)).toEqual([
      HEAD,
      `${seen}\n\nYou are Ann.\n\n[Thought so far:\nHim again]\n\n[Ann knows this.]\n\n[Ann’s turn.]`,
    ]);
    expect(ben?.map(({ content }) => content)).toEqual([
      HEAD,
      `${seen}\n\nYou are Ben.\n\n[Thought so far:\nHer again]\n\n[Ben’s turn.]`,
    ]);
  });
});

describe('the naive layout', () => {
  test('of a director is made from all that it ever read', () => {
    const asked = [0, 5, 10].map((from) =>
      prompt('the director', 'Direct.', [...LINES.slice(from, from + 10), '[Who is next?]']),
    );
    const last = wholeHistory(asked).at(-1);
    expect(last?.messages.at(-1)?.content).toBe([...LINES.slice(0, 20), '[Who is next?]'].join('\n\n'));
    expect(
      naiveLayout(
        asked.slice(-1).map((one) => ({ ...one, present: [] })),
        1000,
      )[0],
    ).toMatchObject({
      messages: [{ content: 'Direct.' }, {}],
    });
  });

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
