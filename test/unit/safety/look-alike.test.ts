import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { castNameFault, plainCastName } from '../../../src/safety/cast-name.ts';
import { lookAlikeOf, looksLike } from '../../../src/safety/look-alike.ts';

describe('names that a reader takes for each other', () => {
  test.each([
    ['Alice', 'alice', 'case'],
    ['Alice', 'Аliсе', 'Cyrillic letters'],
    ['Alice', 'Αlice', 'a Greek letter'],
    ['Alice', 'Ａｌｉｃｅ', 'width'],
    ['Alice', '𝓐𝓵𝓲𝓬𝓮', 'mathematical letters'],
    ['Alice', 'A l i c e', 'spacing'],
    ['Alice', 'Ali\u200bce', 'an invisible space'],
    ['Alice', '\u202eAlice\u202c', 'marks that turn text around'],
    ['Alice', 'Àlìcé', 'accents'],
    ['Alice', 'A.L.I.C.E.', 'dots'],
    ['Alice', 'A̷l̷i̷c̷e̷', 'strokes laid over it'],
    ['Ian', 'lan', 'a small l for a capital I'],
    ['Bob', 'B0b', 'a zero for an o'],
    ['Cornelius', 'Comelius', 'rn for m'],
    ['👻👻', '👻 👻', 'signs alone'],
  ])('%s and %s: %s', (one, other) => {
    expect(looksLike(one, other)).toBe(true);
    expect(looksLike(other, one)).toBe(true);
  });

  test.each([
    ['Alice', 'Alicia'],
    ['Ian', 'Lan'],
    ['Ilia', 'Lila'],
    ['Anna', 'Hannah'],
    ['Watson', 'Dr. Watson'],
    ['さくら', 'さくや'],
    ['👻', '👽'],
    ['Mara', 'Mara (player)'],
  ])('%s is not %s', (one, other) => expect(looksLike(one, other)).toBe(false));

  test('a sigma is one letter, at the end of a word, too', () => {
    expect(looksLike('ΟΔΟΣ', 'οδος')).toBe(true);
    expect(lookAlikeOf('Ϲ ', ['ϲ '])).toBeDefined();
  });

  test('every name looks like itself, whatever is put between its letters', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((text) => /\S/u.test(text));
    fc.assert(
      fc.property(name, fc.constantFrom('\u200b', '\u2060', '\u202e', '\u00ad'), (text, mark) => {
        expect(looksLike(text, `${mark}${text}${mark}`)).toBe(true);
        expect(lookAlikeOf(text, ['Somebody else entirely', text.toLowerCase()])).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe('names that nobody of a cast bears', () => {
  test.each(['', '   ', '\u200b\u200d', '\u202e'])('nothing to read: %j', (name) => {
    expect(castNameFault(name)).toBe('Give the character a name that can be read.');
  });

  test.each([
    ...['Discord', 'Dіscord Support', 'c l y d e', 'ＣＬＹＤＥ', 'everyone', '@here', 'Evеryone', 'System'],
    ...['Narrator', 'The Nаrrator', 'Environment', 'Assistant', 'ＭＯＤ', 'Server Staff', 'Administrator'],
  ])('%s', (name) => expect(castNameFault(name)).toBeDefined());

  test.each([
    ...[
      'Alice',
      'Heretic',
      'There',
      'Modesty Blaise',
      'Lord Everyone Knows',
      'Systematic Sam',
      'さくら',
      '?',
      'José',
    ],
    ...['Adminah', '👩‍🚀', 'Nguyễn Thị Ánh', 'ก็'],
  ])('but %s may', (name) => expect(castNameFault(name)).toBeUndefined());

  test('80 characters at most, and accents in heaps are refused', () => {
    expect(castNameFault('a'.repeat(80))).toBeUndefined();
    expect(castNameFault('a'.repeat(81))).toEqual({
      text: expect.stringContaining('characters long'),
      values: { length: 81, most: 80 },
    });
    expect(castNameFault(`Z${'\u0334\u0301\u0302\u0303'.repeat(5)}algo`)).toContain('accents');
  });

  test('what is kept of a name is one line that reads as it looks', () => {
    expect(plainCastName(' Old\n\tMara\u202e  of the\u200b Lamp ')).toBe('Old Mara of the Lamp');
    expect(plainCastName('A\u200dB\u200c')).toBe('AB');
    expect(plainCastName('Tom: I go. [Ines]：`hi` {{user}}\u2800')).toBe('Tom I go. Ines hi user');
    for (const spelled of ['👩\u200d🚀', 'می\u200cشود']) expect(plainCastName(spelled)).toBe(spelled);
  });
});
