import { describe, expect, test } from 'vitest';
import { isNoise } from '../../../src/format/noise.ts';
import { endOfOrdinary, isOrdinary } from '../../../src/format/ordinary-text.ts';
import { glueBetween, isEmpty, tidy, withPlainLineBreaks } from '../../../src/format/tidy.ts';

describe('withPlainLineBreaks', () => {
  test.each([
    ['a\nb', 'a\nb'],
    ['a\r\nb', 'a \nb'],
    ['\ra\rb', '\na\nb'],
    ['a\r\r\nb', 'a\n \nb'],
    ['a\u2028\nb', 'a\n\nb'],
    ['a\u000bb\u000cc\u0085d\u2029e', 'a\nb\nc\nd\ne'],
    ['a\tb\u0000c', 'a\tb\u0000c'],
  ])('has one kind of break, every place where it was: %j', (text, plain) => {
    expect(withPlainLineBreaks(text)).toBe(plain);
  });
});

describe('tidy', () => {
  test.each([
    [' a b ', 'a b'],
    ['a  b\t\tc', 'a b c'],
    ['\n\n a \n\n\n\n b\n \n', 'a\n\nb'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['a\u0000b\u0007c\u009fd', 'abcd'],
    ['\ud83d', '\ufffd'],
    ['👍', '👍'],
    [' \n\t', ''],
  ])('has single spaces and at most one blank line: %j', (text, plain) => {
    expect(tidy(text)).toBe(plain);
  });
});

describe('isEmpty', () => {
  test.each(['', ' \n', '**', '_~`|#<>\\=', '\u200b \u200b', '\u200b'])(
    'there is nothing to read in %j',
    (text) => {
      expect(isEmpty(text)).toBe(true);
    },
  );

  test.each(['a', '**a**', '1', '…', '!', '好', '👍', '\u200b.'])('there is something in %j', (text) => {
    expect(isEmpty(text)).toBe(false);
  });
});

describe('glueBetween', () => {
  test.each<[string, string, '' | ' ']>([
    ['Well', 'yes', ' '],
    ['Well', ', yes', ''],
    ['Well', '” he said', ''],
    ['你好', '走吧', ''],
    ['A你好', '走', ''],
    ['他说。', '「走', ''],
    ['ありがと', 'カナ', ''],
    ['你好', 'yes', ' '],
    ['你好', 'a走', ' '],
    ['你好a', '走', ' '],
    ['yes', '走', ' '],
    ['', 'yes', ' '],
    ['yes', '', ' '],
  ])('between %j and %j', (before, after, glue) => {
    expect(glueBetween(before, after)).toBe(glue);
  });
});

describe('isNoise', () => {
  test('is a long draft in which every fifth character is a sign, or more', () => {
    expect(isNoise('<'.repeat(4097))).toBe(true);
    expect(isNoise('<word'.repeat(1000))).toBe(true);
    expect(isNoise(`${'<word'.repeat(1000)}s`)).toBe(false);
  });

  test('is never a short one', () => {
    expect(isNoise('<'.repeat(4096))).toBe(false);
  });

  test('is no long text', () => {
    expect(isNoise('Well. “No,” he said; and so it was!\n'.repeat(200))).toBe(false);
  });
});

describe('ordinary text', () => {
  test.each([
    '',
    'Well, no. (Hm)'.replace(/[()]/g, ''),
    'Straße, δρόμος, улица\n街道、まち',
    '1 + 2 = 3!'.replace('=', 'is'),
  ])('holds nothing that could be a mark: %j', (text) => {
    expect(isOrdinary(text)).toBe(true);
    expect(endOfOrdinary(text, 0)).toBe(text.length);
  });

  test.each([
    'a < b',
    '"a"',
    '“a”',
    'a*',
    '[a]',
    'a_b',
    'a\tb',
    'a\u200bb',
    'a & b',
    '(a)',
    'a|b',
    'a 👍',
    'a「b」',
  ])('ends where a sign stands: %j', (text) => {
    const sign = text.search(/[^a-z ]/u);
    expect(isOrdinary(text)).toBe(false);
    expect(endOfOrdinary(text, 0)).toBe(sign);
    expect(endOfOrdinary(text, sign + 1)).toBeGreaterThan(sign);
  });
});
