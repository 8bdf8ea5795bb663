import { stripVTControlCharacters, styleText } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wrapText } from '../../../../src/stage/terminal/wrap-text.ts';

describe('text in a terminal', () => {
  test('breaks between words, and keeps the lines it had', () => {
    expect(wrapText('her sister rode over\nto see Jane', 12)).toBe('her sister\nrode over\nto see Jane');
  });

  test('styles take no room', () => {
    const italic = styleText('italic', 'her sister', { validateStream: false });
    expect(wrapText(`${italic} rode`, 16)).toBe(`${italic} rode`);
  });

  test('wide letters take two columns, a word longer than a line is left whole', () => {
    expect(wrapText('日本 日本', 8)).toBe('日本\n日本');
    expect(wrapText('a antidisestablishment b', 8)).toBe('a\nantidisestablishment\nb');
  });

  test('no line is too wide, and no letter is lost', () => {
    const words = fc.array(fc.stringMatching(/^[a-z*.]{1,12}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 60 }), (list, columns) => {
        const wrapped = wrapText(list.join(' '), columns);
        for (const line of wrapped.split('\n')) {
          expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(columns);
        }
        expect(wrapped.replaceAll('\n', ' ')).toBe(list.join(' '));
      }),
    );
  });
});
