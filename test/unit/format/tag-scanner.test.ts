import { describe, expect, test } from 'vitest';
import { createTagScanner, holdsTagSign, type TagScanner } from '../../../src/format/tag-scanner.ts';

/** Reads a text in pieces of so many characters. */
function scanned(text: string, size = text.length): TagScanner {
  const scanner = createTagScanner();
  for (let at = 0; at < text.length; at += size) scanner.scan(text.slice(at, at + size), at);
  return scanner;
}

/** Each tag as `kind:spelling`. */
function tagsOf(text: string): string[] {
  return scanned(text).tags.map(({ kind, from, to }) => `${kind}:${text.slice(from, to)}`);
}

describe('tags', () => {
  test.each<[string, string[]]>([
    ['a <role_action>b</role_action> c', ['action:<role_action>', 'action:</role_action>']],
    ['＜role_action＞ ﹤role_action﹥', ['action:＜role_action＞', 'action:﹤role_action﹥']],
    [
      '&lt;think&gt; &#60;think&#62; &#x3C;think&#x3E;',
      ['plan:&lt;think&gt;', 'plan:&#60;think&#62;', 'plan:&#x3C;think&#x3E;'],
    ],
    [
      '&amp;lt;think&amp;gt; &amp;#x3c;think&amp;#x3e;',
      ['plan:&amp;lt;think&amp;gt;', 'plan:&amp;#x3c;think&amp;#x3e;'],
    ],
    ['<think&gt; &lt;think>', ['plan:<think&gt;', 'plan:&lt;think>']],
    ['&lt;notes&gt; ＜notes＞', ['unknown:&lt;notes&gt;', 'unknown:＜notes＞']],
    ['◁think▷ ◁notes▷', ['plan:◁think▷']],
    ['[think] [role_action] [notes]', ['plan:[think]', 'action:[role_action]']],
    [
      '[INST] [/INST] [SYS] [EOS] [end of turn] [stop]',
      ['token:[INST]', 'token:[/INST]', 'token:[SYS]', 'token:[EOS]', 'token:[end of turn]', 'token:[stop]'],
    ],
    ['[im_end] [end_chat] [pad] [s]', []],
    ['a < b < think > c', ['plan:< think >']],
    ['<<think>>', ['plan:<think>']],
    ['<action [action]>', ['action:<action [action]>']],
    ['x <action [action]> [think]', ['action:<action [action]>', 'plan:[think]']],
    ['[a <think> b]', ['plan:<think>']],
    ['a > b] &gt; c', []],
    ['<think &nbsp; <think&nbsp;', []],
    ['&xlt;think&gt; &ltx;think&gt; &lt;think&xgt; &lt;think&gtx;', []],
    ['& so on and lt;think&gt;', []],
    ['[he, thinking] [think!] [x]', []],
    ['[rt] [RA]', ['thought:[rt]', 'action:[RA]']],
  ])('%s', (text, tags) => {
    expect(tagsOf(text)).toEqual(tags);
  });

  test('say how they are spelt', () => {
    const told = (text: string) => scanned(text).tags.map(({ soft, canonical }) => ({ soft, canonical }));
    expect(told('<role_action>')).toEqual([{ soft: false, canonical: true }]);
    expect(told('<Role_Action>')).toEqual([{ soft: false, canonical: false }]);
    expect(told('<role_action&gt;')).toEqual([{ soft: false, canonical: false }]);
    expect(told('[role_action]')).toEqual([{ soft: false, canonical: false }]);
    expect(told('[long_role_thinking]')).toEqual([{ soft: false, canonical: false }]);
    expect(told('[thinking]')).toEqual([{ soft: true, canonical: false }]);
    expect(told('[inner_role_thinking]')).toEqual([{ soft: true, canonical: false }]);
    expect(told('[THINKING]')).toEqual([{ soft: false, canonical: false }]);
  });

  test('are so long and no longer', () => {
    const long = (open: string, length: number, close: string) =>
      `${open}${' '.repeat(length - 5)}think${close}`;
    expect(tagsOf(long('<', 256, '>'))).toHaveLength(1);
    expect(tagsOf(long('<', 257, '>'))).toHaveLength(0);
    expect(tagsOf(long('[', 48, ']'))).toHaveLength(1);
    expect(tagsOf(long('[', 49, ']'))).toHaveLength(0);
  });
});

describe('a text in pieces', () => {
  const FAR = ' and so on'.repeat(230);

  test.each([
    '<role_thinking>x</role_thinking><role_action>nods</role_action>',
    '&lt;think&gt; and &amp;#x3C;/think&amp;#x3E; and [THINK]',
    `<role_thinking about="${'x'.repeat(200)}"> [think]`,
    `a [${FAR.slice(0, 40)}<think ${'a="b" '.repeat(30)}> b`,
    `a < ${FAR} [think] & ${FAR} <think> b`,
    `a & ${FAR}<think>`,
    `a [ ${FAR.slice(0, 300)}&lt;think&gt;`,
    `${FAR}<${FAR.slice(0, 240)}&lt;think ${'a="b" '.repeat(20)}&gt; ${FAR} [think]`,
    `${'<a ['.repeat(200)}<think>${'b & '.repeat(300)}&lt;think&gt;`,
  ])('has the same tags however it is cut: %s', (text) => {
    const whole = scanned(text).tags;
    for (const size of [1, 2, 7, 23, 24, 25, 26, 300, 2100]) expect(scanned(text, size).tags).toEqual(whole);
    expect(whole.length).toBeGreaterThan(0);
  });

  // So much that the scanner throws away what no tag can need any more.
  const LONG = 'and so on '.repeat(210);

  test.each<[string, string, string]>([
    ['<role_thi', 'nking>', 'thought:<role_thinking>'],
    ['[role_thi', 'nking]', 'thought:[role_thinking]'],
    ['&lt;role_thi', 'nking&gt;', 'thought:&lt;role_thinking&gt;'],
    ['&l', 't;role_thinking>', 'thought:&lt;role_thinking>'],
    ['[so <role_thi', 'nking> it]', 'thought:<role_thinking>'],
    ['<role_thinking a="[', 'x">', 'thought:<role_thinking a="[x">'],
    ['<role_thinking a="[&', 'x">', 'thought:<role_thinking a="[&x">'],
  ])('keeps what a tag at the end of a long piece needs: %s|%s', (begun, rest, tag) => {
    const scanner = createTagScanner();
    const text = LONG + begun + rest;
    scanner.scan(LONG + begun, 0);
    expect(scanner.isCalm()).toBe(false);
    scanner.scan(rest, LONG.length + begun.length);
    expect(scanner.tags.map(({ kind, from, to }) => `${kind}:${text.slice(from, to)}`)).toEqual([tag]);
  });

  test('says whether the list of tags has changed', () => {
    const scanner = createTagScanner();
    expect(scanner.scan('a <think', 0)).toBe(false);
    expect(scanner.scan('>', 8)).toBe(true);
    expect(scanner.scan(' b', 9)).toBe(false);
  });

  test.each([
    ['<', 272],
    ['[', 50],
    ['&', 272],
  ])('is calm where nothing that is open can become a tag: %s', (sign, reach) => {
    expect(createTagScanner().isCalm()).toBe(true);
    expect(scanned('a').isCalm()).toBe(true);
    expect(scanned(`a${sign}`).isCalm()).toBe(false);
    expect(scanned(`a${sign}${'b'.repeat(reach - 1)}`, 1).isCalm()).toBe(false);
    expect(scanned(`a${sign}${'b'.repeat(reach)}`, 1).isCalm()).toBe(true);
  });

  test('is calm again where all of it is closed', () => {
    expect(scanned('<think>').isCalm()).toBe(true);
    expect(scanned('<think> [').isCalm()).toBe(false);
    expect(scanned('[ <think>').isCalm()).toBe(false);
    expect(scanned('[ <think> ]').isCalm()).toBe(true);
    expect(scanned('&amp;').isCalm()).toBe(false);
    expect(scanned('&nbsp;').isCalm()).toBe(true);
  });
});

describe('too many odd spellings', () => {
  const odd = (count: number, gap = '') =>
    Array.from({ length: count }, (_, at) => `<x${at}>${gap}`).join('');

  test('are not all read', () => {
    expect(scanned(odd(300)).isFlooded()).toBe(false);
    expect(scanned(odd(400)).isFlooded()).toBe(true);
    expect(scanned(odd(400)).tags.length).toBeLessThan(400);
  });

  test('may be more in a long text', () => {
    expect(scanned(odd(400, 'well '.repeat(20))).isFlooded()).toBe(false);
  });

  test('are not the same one again and again, nor the format’s own', () => {
    expect(scanned('<notes>'.repeat(1000)).isFlooded()).toBe(false);
    expect(scanned('<role_action></role_action>'.repeat(1000)).tags).toHaveLength(2000);
  });
});

test.each(['<', '>', '[', ']', '&', ';', '＜', '▷'])('%s may begin or end a tag', (sign) => {
  const words = 'and so on it goes, in the rain';
  expect(holdsTagSign(sign)).toBe(true);
  expect(holdsTagSign(`a${sign}`)).toBe(true);
  expect(holdsTagSign(words + sign)).toBe(true);
  expect(holdsTagSign(sign + words)).toBe(true);
  expect(holdsTagSign(words)).toBe(false);
  expect(holdsTagSign(words.slice(0, 20))).toBe(false);
  expect(holdsTagSign('')).toBe(false);
});
