import { describe, expect, test } from 'vitest';
import { findSpans } from '../../../src/format/spans.ts';
import { parseTurn } from '../../../src/format/turn-parser.ts';

/** Each span as `mark:what it holds`, with `…` where one of its marks is missing. */
function spansOf(text: string, escapes = false): string[] {
  return findSpans(text, escapes).map(({ mark, broken, inFrom, inTo }) => {
    return `${mark}${broken ? '…' : ''}:${text.slice(inFrom, inTo)}`;
  });
}

describe('marks in pairs', () => {
  test.each<[string, string[]]>([
    [
      'a [b] ［c］ 【d】 〔e〕 〖f〗 ⟦g⟧',
      ['square:b', 'square:c', 'square:d', 'square:e', 'square:f', 'square:g'],
    ],
    ['(a) （b） {c} ｛d｝', ['paren:a', 'paren:b', 'curly:c', 'curly:d']],
    ['<a> ＜b＞ ⟨c⟩ 〈d〉 《e》', ['angle:a', 'angle:b', 'angle:c', 'angle:d', 'angle:e']],
    ['「a」『b』', ['corner:a', 'corner:b']],
    ['*a* **b** ***c*** _d_ __e__', ['star:a', 'bold:b', 'star:c', 'star:d', 'bold:e']],
    ['`a` ``b`` ```c``` ~~~d~~~', ['code:a', 'code:b', 'code:c', 'code:d']],
    ['~a~ ~~b~~', ['tilde:a', 'tilde:b']],
    ['||a|| |||b|| || c ||', ['bars:a', 'bars:b', 'bars: c ']],
    ['[a [b] c] d', ['square:a [b] c']],
    ['[a】 b', ['square:a']],
    ['[a (b] c)', ['square:a (b']],
    ['{a [b} c', ['curly:a [b']],
    ['[a *b] c*', ['square:a *b']],
    ['*a (b* c)', ['star:a (b']],
    ['*a [b] c*', ['star:a [b] c']],
    ['```a``b```', ['code:a``b']],
    ['*a** b* c', ['star:a** b']],
    ['||| |||', ['bars: ']],
    ['[]', ['square:']],
    ['*a\nb* c\n\nd', ['star:a\nb']],
    ['*a * b* c', ['star:a * b']],
    ['***a\n\nb***', ['star…:a']],
  ])('%s', (text, spans) => {
    expect(spansOf(text)).toEqual(spans);
  });

  test('tell where they stand', () => {
    expect(findSpans('a **b** c')).toEqual([
      { mark: 'bold', from: 2, to: 7, inFrom: 4, inTo: 5, broken: false },
    ]);
  });
});

describe('signs that set nothing off', () => {
  test.each([
    '5*3, 2*3*4, a_b_c, Hello~ my friend~',
    '* a *',
    '* a*',
    'a *',
    '*',
    '|a|',
    '``````',
    ':(a) :-(b) ;) =(c)',
    ':-[a :] b :-] ;] =]',
    'a < b, a <3, x<y, 1<a>, b<c>',
    'b<c>',
    'a > b',
    'a 「b',
    'a (b',
    'a *b',
    'a `b',
  ])('%s', (text) => {
    expect(spansOf(text)).toEqual([]);
  });

  test.each<[string, string[]]>([
    ['<a = b> c', ['angle:a = b']],
    ['<a => b> c', ['angle:a => b']],
    ['<a -> b> c', ['angle:a -> b']],
    ['<a > b> c', ['angle:a > b']],
    ['[a = b] (c -) d', ['square:a = b', 'paren:c -']],
    ['ab<c>', ['angle:c']],
    ['<!a> <?b>', ['angle:!a', 'angle:?b']],
    ['5*a*', ['star:a']],
    ['(a :) b)', ['paren:a :']],
    [';{a}', ['curly:a']],
    ['a-[b]', ['square:b']],
  ])('but here they do: %s', (text, spans) => {
    expect(spansOf(text)).toEqual(spans);
  });
});

describe('a mark without its partner', () => {
  test.each<[string, string[]]>([
    ['a [b\nC', ['square…:b']],
    ['a {b\nC', ['curly…:b']],
    ['a ||b\nC', ['bars…:b']],
    ['a <b\nC', ['angle…:b']],
    ['a [b\nc\n  d\nE', ['square…:b\nc\n  d']],
    ['a [b', ['square…:b']],
    ['a\n> *b\nC', ['star…:b']],
    ['*a', ['star…:a']],
    ['`a', ['code…:a']],
    ['x (thinking: b\nC', ['paren…:thinking: b']],
    ['x ( thinking: b\nC', ['paren…: thinking: b']],
    ['x (inner thought: b', ['paren…:inner thought: b']],
    ['x (I thought: b', []],
    ['x [a (thinking', ['square…:a (thinking']],
    ['a] b', ['square…:a']],
    ['[a] b] c', ['square:a', 'square…: b']],
    ['a] b] c', ['square…:a', 'square…: b']],
    ['a :] b] c', ['square…:a :] b']],
    ['a [b [c\nD', ['square…:b [c']],
    ['a [b *c*\nD', ['square…:b *c*']],
    ['a [b (c\nD) E', ['square…:b (c\nD)']],
    ['a [b (c)\nD', ['square…:b (c)']],
    ['a [b\nC (d) e', ['square…:b', 'paren:d']],
    ['a {b] c', ['curly…:b] c']],
    ['(a [b) c] d', ['paren:a [b', 'square…: c']],
    ['a [b\n*c* d', ['square…:b', 'star:c']],
  ])('%j', (text, spans) => {
    expect(spansOf(text)).toEqual(spans);
  });
});

describe('a new paragraph', () => {
  test.each<[string, string[]]>([
    ['*a\nb*', ['star:a\nb']],
    ['*a\n\nb*', ['star…:a']],
    ['*a\n \t\nb* *c*', ['star…:a', 'star:c']],
    ['`a\n\nb`', ['code…:a']],
    ['~~a\n\nb~~', ['tilde…:a']],
  ])('ends emphasis: %j', (text, spans) => {
    expect(spansOf(text)).toEqual(spans);
  });

  test.each<[string, string[]]>([
    ['||a\n\nb|| c', ['bars:a\n\nb']],
    ['```\na\n\nb\n``` c', ['code:\na\n\nb\n']],
    ['~~~a\n\nb~~~ c', ['code:a\n\nb']],
    ['[a\n\nb] c', ['square:a\n\nb']],
    ['||a\n\nb', ['bars…:a']],
  ])('goes on in what hides, and in fenced code: %j', (text, spans) => {
    expect(spansOf(text)).toEqual(spans);
  });

  test.each(['||I fear him\n\nand I must go||', '```think\nI fear him\n\nand he knows\n```'])(
    'so all of it is hidden, and what follows is not: %j',
    (hidden) => {
      const { segments } = parseTurn(`<role_action>nods</role_action>${hidden} Fine.`);
      expect(segments.map(({ kind }) => kind)).toEqual(['action', 'thought', 'speech']);
      expect(segments.at(-1)?.text).toBe('Fine.');
    },
  );
});

describe('with escapes', () => {
  test.each<[string, string[]]>([
    ['a \\[b] [c\\] d] e', ['square…:a \\[b', 'square:c\\] d']],
    ['\\\\[a] \\\\\\[b', ['square:a']],
    ['*a* `b` ~c~ ||d||', []],
    ['(a) {b}', ['paren:a', 'curly:b']],
  ])('a backslash makes a bracket plain, and other marks are none: %j', (text, spans) => {
    expect(spansOf(text, true)).toEqual(spans);
  });

  test('without them it makes nothing plain', () => {
    expect(spansOf('a \\[b]')).toEqual(['square:b']);
  });
});
