import { describe, expect, test } from 'vitest';
import { fold, lower, withoutInvisible } from '../../../src/format/fold.ts';

describe('for comparing', () => {
  test.each([
    ['Mara', 'mara'],
    ['MARA VELL', 'mara vell'],
    ['Márà', 'mara'],
    ['Ｍａｒａ', 'mara'],
    ['M\u200ba\u00adra', 'mara'],
    ['Мага', 'maгa'],
    ['한국', '한국'],
    ['', ''],
  ])('%j is as good as %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });
});

describe('for looking words up', () => {
  test.each([
    ['MARA', 'mara'],
    ['MÁRA', 'mára'],
    ['Ｍara', 'mara'],
    ['Zu\u200bKUNFT', 'zukunft'],
  ])('%j is %j', (text, plain) => {
    expect(lower(text)).toBe(plain);
  });
});

test('what takes no room goes, and nothing else', () => {
  expect(withoutInvisible('M\u200bá\u2060ra')).toBe('Mára');
});
