import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../src/safety/pattern.ts';
import type { WordRule } from '../../../src/safety/word-rule.ts';
import { compileWordRules } from '../../../src/safety/word-rules.ts';

function rule(parts: Partial<WordRule>): WordRule {
  const none: readonly string[] = [];
  return {
    name: 'R',
    keywords: none,
    patterns: none,
    allowed: none,
    exemptChannels: none,
    exemptRoles: none,
    ...parts,
  };
}

function breaks(parts: Partial<WordRule>, text: string): boolean {
  return compileWordRules([rule(parts)]).broken(text, { channels: [] }) !== undefined;
}

// The examples of Discord's own documentation (resources/auto-moderation), and more of their kind.
describe('keywords', () => {
  test.each([
    ['cat', ['cat', 'Cat', 'a CAT!', '“cat”'], ['catch', 'tomcat', 'locate', 'cat_']],
    ['cat*', ['catch', 'Catapult', 'CAttLE', 'cat'], ['tomcat', 'locate']],
    ['*cat', ['wildcat', 'copyCat', 'cat'], ['catch', 'location']],
    ['*cat*', ['location', 'eduCation', 'cat'], ['c at']],
    ['the mat', ['on the mat', 'the  mat'.replace('  ', '\n')], ['the matter', 'bathe mat']],
    ['the mat*', ['the matrix'], ['thematrix']],
    ['*the mat', ['breathe mat'], ['breathe mats']],
    ['*der*', ['öffentlicheräder'], ['dür']],
    ['é', ['é'], ['café']],
    ['straße', ['STRAßE'], ['strasse']],
    ['犬', ['犬 だ'], ['子犬だ']],
    ['😀', ['a😀b'], ['😁']],
    ['C++', ['I like C++.'], ['C+']],
  ])('%s', (keyword, hits, misses) => {
    expect(hits.filter((text) => !breaks({ keywords: [keyword] }, text))).toEqual([]);
    expect(misses.filter((text) => breaks({ keywords: [keyword] }, text))).toEqual([]);
  });

  test.each(['', '  ', '*', '**', ' * '])('an empty one (%o) finds nothing', (keyword) => {
    expect(breaks({ keywords: [keyword] }, 'any * text  at all')).toBe(false);
  });
});

describe('the allow list', () => {
  test('wins over what is found in its words, and over nothing else', () => {
    const parts = { keywords: ['*hell*'], allowed: ['hello', 'shell*'] };
    expect(breaks(parts, 'Hello! Shellfish?')).toBe(false);
    expect(breaks(parts, 'Hello from hell')).toBe(true);
    expect(breaks(parts, 'othello')).toBe(true);
  });

  test('wins over patterns, too', () => {
    const parts = { patterns: ['h.ll'], allowed: ['hello'] };
    expect(breaks(parts, 'hello')).toBe(false);
    expect(breaks(parts, 'hill')).toBe(true);
  });
});

describe('patterns', () => {
  test.each([
    ['b[aeiou]d', 'BAD'],
    ['\\bfree nitro\\b', 'get free nitro now'],
    ['^\\w+$', 'ünderwörld'],
    ['\\d{3}-\\d{4}', 'call 555-1234'],
    ['[\\w-]{3,}@', 'old-wenna@'],
    ['\\u{1F600}', '😀'],
    ['(?i)X(?-i:y)', 'xy'],
    ['a(?P<n>b)c', 'abc'],
  ])('%s finds %s', (pattern, text) => {
    expect(breaks({ patterns: [pattern] }, text)).toBe(true);
    expect(breaks({ patterns: [pattern] }, '-')).toBe(false);
  });

  test.each(['(', '[z-a]', '(?=look)around', '(?<!behind)', '(a)\\1', 'a{2000}', '\\q', '[a-z&&[^b]]'])(
    'what cannot be read is left out and told: %s',
    (pattern) => {
      const rules = compileWordRules([rule({ name: 'Odd', patterns: [pattern], keywords: ['cat'] })]);
      expect(rules.unread).toEqual([{ rule: 'Odd', pattern }]);
      expect(rules.broken('a cat', { channels: [] })).toBe('Odd');
      expect(compilePattern(pattern)).toBeUndefined();
    },
  );
});

describe('exceptions', () => {
  const rules = compileWordRules([
    rule({ name: 'First', keywords: ['cat'], exemptChannels: ['c1'], exemptRoles: ['r1'] }),
    rule({ name: 'Second', keywords: ['cat*'], exemptRoles: ['r2'] }),
  ]);

  test('the first broken rule is named', () => {
    expect(rules.broken('cat', { channels: ['c0'] })).toBe('First');
    expect(rules.broken('catch', { channels: ['c0'] })).toBe('Second');
    expect(rules.broken('dog', { channels: ['c0'] })).toBeUndefined();
  });

  test('in a channel, also around it, and for a role', () => {
    expect(rules.broken('cat', { channels: ['c0', 'c1'] })).toBe('Second');
    expect(rules.broken('cat', { channels: [], roles: ['r1'] })).toBe('Second');
    expect(rules.broken('cat', { channels: ['c1'], roles: ['r2'] })).toBeUndefined();
  });
});
