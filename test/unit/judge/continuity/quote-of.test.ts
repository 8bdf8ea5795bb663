import { describe, expect, test } from 'vitest';
import { clipQuote, LONGEST_QUOTE, quoteIn } from '../../../../src/judge/continuity/quote-of.ts';
import { done, said } from './known-to.ts';

describe('a quote', () => {
  const line = said('No: “the *vault* key” is mine, Élise.');

  test('is found whatever signs, case and accents it has, and given as it stands', () => {
    expect(quoteIn(line, 'The vault key')).toBe('the *vault* key');
    expect(quoteIn(line, '"is mine, Elise!"')).toBe('is mine, Élise');
  });

  test('may be a single word, or the whole line', () => {
    expect(quoteIn(line, 'VAULT')).toBe('vault');
    expect(quoteIn(line, 'no the vault key is mine elise')).toBe('No: “the *vault* key” is mine, Élise');
  });

  test('is found where its beginning stands earlier, too', () => {
    expect(quoteIn(said('The vault is old; the vault key is new.'), 'the vault key')).toBe('the vault key');
  });

  test('is found in whichever part of the line it stands', () => {
    expect(quoteIn([...done('nods'), ...line], 'the vault key')).toBe('the *vault* key');
  });

  test.each([
    ['of other words', 'the cellar key'],
    ['in another order', 'key the vault'],
    ['of nothing', ''],
    ['of signs', '“…”'],
    ['of a word that says nothing', 'the'],
    ['that ends within a word', 'mine, El'],
    ['that goes on where the line has ended', 'is mine, Élise, for good'],
    ['of a sign that is read as words', '㍿'],
  ])('%s is none', (_name, quoted) => {
    expect(quoteIn(line, quoted)).toBeUndefined();
  });

  test('of a thought is none', () => {
    expect(
      quoteIn([{ kind: 'thought', text: 'the vault key' }, ...said('Nothing.')], 'vault key'),
    ).toBeUndefined();
  });
});

describe('a quote that is long', () => {
  test('is cut behind the last word that fits', () => {
    const long = Array.from({ length: 80 }, (_, at) => `word${at}`).join(' ');
    const quote = quoteIn(said(long), long) ?? '';
    expect(quote.length).toBeLessThanOrEqual(LONGEST_QUOTE);
    expect(quote.length).toBeGreaterThan(LONGEST_QUOTE - 'word10 '.length);
    expect(long.startsWith(`${quote} `)).toBe(true);
  });

  test('stands whole as long as it fits, with its last sign', () => {
    const fits = `a ${'b'.repeat(LONGEST_QUOTE - 3)}.`;
    expect(clipQuote(fits)).toBe(fits);
    expect(clipQuote(` ${fits}\n`)).toBe(fits);
    const more = `a ${'b'.repeat(LONGEST_QUOTE - 2)}`;
    expect(clipQuote(`${more}, and more`)).toBe(more);
  });

  test('is cut within a word that alone is too long', () => {
    expect(clipQuote('x'.repeat(LONGEST_QUOTE + 1))).toBe('x'.repeat(LONGEST_QUOTE));
  });
});
