import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withPlainAddresses } from '../../../src/safety/links.ts';
import { compilePattern } from '../../../src/safety/pattern.ts';
import { soundsLikeRefusal } from '../../../src/safety/refusal.ts';
import { compileWordRules } from '../../../src/safety/word-rules.ts';

const NONE = { name: 'R', keywords: [], patterns: [], allowed: [], exemptChannels: [], exemptRoles: [] };
const HERE = { channels: ['1'] };
const anyText = fc.string({ unit: 'binary', maxLength: 200 });

describe('whatever rules and texts are', () => {
  test('nothing is thrown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 60 }), { maxLength: 5 }),
        fc.array(fc.string({ maxLength: 260 }), { maxLength: 5 }),
        anyText,
        (keywords, patterns, text) => {
          const rules = compileWordRules([{ ...NONE, keywords, patterns, allowed: keywords.slice(1) }]);
          expect(['R', undefined]).toContain(rules.broken(text, HERE));
        },
      ),
    );
  });

  test('a word that stands by itself is found, in any case; a part of one with asterisks only', () => {
    const word = fc.stringMatching(/^[a-zäöüß]{1,20}$/u);
    fc.assert(
      fc.property(word, word, word, (keyword, before, after) => {
        const broken = (list: string[], text: string) =>
          compileWordRules([{ ...NONE, keywords: list }]).broken(text, HERE) !== undefined;
        expect(broken([keyword], `${before}, ${keyword}! ${after}`)).toBe(true);
        expect(broken([`*${keyword}*`], before + keyword + after)).toBe(true);
        expect(broken([keyword.toUpperCase()], keyword) || keyword.includes('ß')).toBe(true);
      }),
    );
  });

  test('what is allowed is never a breach by itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,20}$/), (word) => {
        const rules = compileWordRules([
          { ...NONE, keywords: [`*${word}*`], patterns: [word], allowed: [word] },
        ]);
        expect(rules.broken(`1 ${word}. 2`, HERE)).toBeUndefined();
      }),
    );
  });

  test('no address is left to click, however it is put together', () => {
    const piece = fc.constantFrom(
      'http',
      'https',
      ':',
      '/',
      '//',
      '://',
      '<',
      '>',
      '[a](',
      ')',
      'x.example',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(withPlainAddresses(pieces.join(''))).not.toContain('://');
      }),
      { numRuns: 1000 },
    );
  });
});

// Each of these takes a backtracking engine longer than anyone waits; that they end is the test.
describe('long texts against patterns made to be slow', () => {
  const long = `${'a'.repeat(20_000)}!`;

  test.each(['(a+)+$', '(a|aa)+$', '(.*a){20}$', '(a*)*b', '^(\\w+\\s?)*$', '(x+x+)+y'])('%s', (pattern) => {
    expect(compilePattern(pattern)?.(long)).toBeTypeOf('boolean');
  });

  test('our own expressions', () => {
    for (const text of [
      long,
      `[${'['.repeat(20_000)}`,
      'i can’t '.repeat(5000),
      `[a](https://${'x'.repeat(20_000)}`,
    ]) {
      expect(withPlainAddresses(text)).not.toContain('://');
      expect(soundsLikeRefusal(text)).toBe(false);
    }
  });
});
