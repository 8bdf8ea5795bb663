import { describe, expect, test } from 'vitest';
import type { LoreEntry } from '../../../../src/cast/lore/lore.ts';
import { smallBook } from '../../../support/small-book.ts';
import { calledUp, scanOf } from './lore-scan.ts';

function finds(entry: Partial<LoreEntry>, line: string): boolean {
  return calledUp(smallBook({ text: 'found', ...entry }), scanOf([line])).length === 1;
}

describe('a key', () => {
  test.each([
    ['king', 'A LIKING for tea', true],
    [' king ', 'the king', true],
    ['Straße', 'in der STRASSE', false],
    ['ΟΔΥΣΣΕΥΣ', 'ο οδυσσευς', true],
    ["Darcy's", 'It is Darcy’s.', true],
    ['café', 'the cafe\u0301', true],
    ['', 'anything', false],
    ['a, b', 'a, b', true],
  ])('%j in %j', (key, line, isFound) => {
    expect(finds({ keys: [key] }, line)).toBe(isFound);
  });

  test('counts upper and lower case where it should', () => {
    expect(finds({ keys: ['Rose'], caseSensitive: true }, 'a rose')).toBe(false);
    expect(finds({ keys: ['Rose'], caseSensitive: true }, 'Rose!')).toBe(true);
  });

  test.each([
    ['king', 'a liking', false],
    ['king', 'kings', false],
    ['king', 'the king.', true],
    ['king', 'kings of the king', true],
    ['king', 'king_s king2', false],
    ['old man', 'the old mansion', false],
    ['old man', 'the old man', true],
    ['C++', 'in C++, mostly', true],
    ['слово', 'словом', false],
    ['слово', 'Слово!', true],
    ['e', 'cafe\u0301', false],
    ['猫', '黒猫がいる', true],
    ['Tokyo', '私はTokyoに行く', true],
    ['서울', '서울에서', true],
    ['แมว', 'มีแมวอยู่', true],
    ['a', '𝒜a', false],
  ])('as a whole word: %j in %j', (key, line, isFound) => {
    expect(finds({ keys: [key], wholeWords: true }, line)).toBe(isFound);
  });

  test.each([
    ['/st(one|eel)s?/', 'a stone', true],
    ['/STONE/', 'a stone', false],
    ['/STONE/i', 'a stone', true],
    ['/^stone$/m', 'a\nstone\nhere', true],
    ['/a.b/s', 'a\nb', true],
    ['/\\bking\\b/u', 'a liking', false],
    ['/caf\\u00e9/', 'the café', true],
    ['/a,b|c/', 'c', true],
    ['/route/path', 'see /route/path', true],
    ['/(?<=the )king/', 'the king', false],
    ['/(a)\\1/', 'aa', false],
    ['/(unclosed/', '(unclosed', false],
  ])('as a pattern: %s in %j', (key, line, isFound) => {
    expect(finds({ keys: [key] }, line)).toBe(isFound);
  });

  test('a pattern that is never found leaves the other keys alone', () => {
    expect(finds({ keys: ['/(?=x)/', '/(/', 'tea'] }, 'tea')).toBe(true);
  });

  test('without slashes is a pattern only where the entry says so', () => {
    expect(finds({ keys: ['t.a'], regex: true }, 'TEA')).toBe(true);
    expect(finds({ keys: ['t.a'], regex: true, caseSensitive: true }, 'TEA')).toBe(false);
    expect(finds({ keys: ['t.a'] }, 'tea')).toBe(false);
  });

  test('holds the names of who speaks and of the player', () => {
    const book = smallBook(
      { keys: ["{{char}}'s hat"], text: 'hat' },
      { keys: ['/<user>s?/i'], text: 'player' },
    );
    const hears = (char: string) =>
      calledUp(book, scanOf(["Ah's hat, Tom"], { macros: { char, user: 'Tom' } }));
    expect(hears('Ah')).toEqual(['hat', 'player']);
    expect(hears('Oh')).toEqual(['player']);
    expect(hears('Ah')).toEqual(['hat', 'player']);
  });
});

test('patterns that make others run for ages are looked for in a moment', () => {
  const evil = [
    '/(a+)+$/',
    '/(x+x+)+y/',
    '/(.*a){30}b/',
    '/(a|a)*c/',
    '/((a{9}){9}){9}/',
    '/(?:a{999}){999}/',
  ];
  const many = Array.from({ length: 2000 }, (_, at) => `/(?:[a-z ]{1,90}){5}${at}!/`);
  const book = smallBook(...[...evil, ...many].map((key) => ({ keys: [key], text: key })));
  const line = `${'a'.repeat(30_000)}!`;
  expect(calledUp(book, scanOf([line, line]))).toEqual(['/((a{9}){9}){9}/']);
});

test('ten thousand entries with nested keys are looked through at once', () => {
  const nested = Array.from({ length: 1000 }, (_, at) => ({
    keys: ['a'.repeat(at + 1)],
    text: `${at}`,
    wholeWords: at % 2 === 1,
  }));
  const others = Array.from({ length: 9000 }, (_, at) => ({
    keys: [`thing ${at}`, `ding ${at}`],
    text: `t${at}`,
  }));
  const found = calledUp(
    smallBook(...nested, ...others),
    scanOf(['a'.repeat(100_000), 'ding 4711'], { budget: 1e6 }),
  );
  // Whole words of the first thousand are not there; `ding 4`, `ding 47` … are.
  expect(found).toHaveLength(500 + 4);
  expect(found).toContain('t4711');
});
