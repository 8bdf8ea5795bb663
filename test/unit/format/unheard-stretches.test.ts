import { describe, expect, test } from 'vitest';
import { findUnheard } from '../../../src/format/unheard-stretches.ts';

function unheard(text: string): string[] {
  return findUnheard(text).map(({ from, to }) => text.slice(from, to));
}

describe('a thought in tags', () => {
  test.each<[string, string[]]>([
    ['a <role_thinking>b</role_thinking> c', ['<role_thinking>b</role_thinking>']],
    ['a <thinking>b</thinking> c', ['<thinking>b</thinking>']],
    ['a <think>b</think> <role_action>c</role_action>', []],
    ['a <role_thinking>b<role_thinking/> c', ['<role_thinking>b<role_thinking/>']],
    ['a <role_thinking/>b\nc', ['<role_thinking/>b']],
    ['a</role_thinking> b <role_thinking/>c\nd', ['a</role_thinking>', '<role_thinking/>c']],
    [
      '<role_thinking>a</role_thinking> <role_thinking>b<role_thinking/> c',
      ['<role_thinking>a</role_thinking>', '<role_thinking>b<role_thinking/>'],
    ],
    [
      '<role_thinking>a <role_thinking>b</role_thinking> c</role_thinking> d',
      [
        '<role_thinking>b</role_thinking>',
        '<role_thinking>a <role_thinking>b</role_thinking> c</role_thinking>',
      ],
    ],
    ['a\nb</role_thinking> c</role_thinking> d', ['b</role_thinking>', ' c</role_thinking>']],
  ])('%j', (text, stretches) => {
    expect(unheard(text)).toEqual(stretches);
  });
});

describe('an aside', () => {
  test.each<[string, string[]]>([
    ['x ((a (b) c)) d', ['((a (b) c))']],
    ['x ((a (b)) c)) d', ['((a (b)) c))']],
    ['x ((a (b))) d', ['((a (b)))']],
    ['x (((a))) d', ['(((a)))']],
    ['x (((a)) b) c', ['(((a)) b) c']],
    ['x ((a (b (c) d)) e\nf', ['((a (b (c) d)) e']],
    ['x ((a :( b)) c', ['((a :( b))']],
    ['x ((a ((b) c)) d)) e', ['((b) c))', '((a ((b) c)) d))']],
    ['x ((a ((b)))) e', ['((b))))', '((a ((b))))']],
    ['x (a) b) c)) d', []],
    ['  ((a\nb', ['((a\nb']],
    ['a pity((', []],
    ['a pity(( b', []],
    ['a pity((b\nc', ['((b']],
  ])('%j', (text, stretches) => {
    expect(unheard(text)).toEqual(stretches);
  });

  test.each<[string, string[]]>([
    ['x ((a :)) b', ['((a :))']],
    ['x ((a :)) (b) c', ['((a :))']],
    ['x ((a :)) b)) c', ['((a :))', ' b))']],
    ['x ((a :)) b) c)) d', ['((a :))', ' b) c))']],
    ['x ((a :)) b)) c)) d', ['((a :))', ' b))']],
    ['x ((a)) b)) c', ['((a))']],
    ['x ((a ;-)) b)) c', ['((a ;-))', ' b))']],
  ])('may go on behind a smile: %j', (text, stretches) => {
    expect(unheard(text)).toEqual(stretches);
  });
});

describe('a spoiler', () => {
  test.each<[string, string[]]>([
    ['a ||b|| c', ['||b||']],
    ['a ||b\nc|| d', ['||b\nc||']],
    ['a ｜｜b｜｜ c', ['｜｜b｜｜']],
    ['a\n \t|| b\nc', ['|| b']],
    ['a ||b\nc', ['||b']],
    ['a || b', []],
    ['a ||', []],
    ['a || b ||c\nd', ['|| b ||']],
    ['a || b\n\n||c', ['|| b\n\n||']],
    ['||a|| b || c ||| d', ['||a||', '|| c ||']],
    ['||a|| b || c', ['||a||']],
    ['||a|| b ||c', ['||a||', '||c']],
  ])('%j', (text, stretches) => {
    expect(unheard(text)).toEqual(stretches);
  });
});

describe('square brackets', () => {
  test.each<[string, string[]]>([
    ['a [b] c', ['[b]']],
    ['a [b\nc', ['[b']],
    ['a [b [c\nd', ['[b [c']],
    ['a [b\nc [d\ne', ['[b', '[d']],
    ['a\nb] c] d', ['b]', ' c]']],
    ['a :-[b] c', ['[b]']],
    ['a :-] b', []],
    ['a -] b', ['a -]']],
    ['a [', ['[']],
    ['a[', []],
  ])('%j', (text, stretches) => {
    expect(unheard(text)).toEqual(stretches);
  });
});
