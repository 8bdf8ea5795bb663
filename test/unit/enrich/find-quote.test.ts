import { describe, expect, test } from 'vitest';
import { createQuotes } from '../../../src/enrich/find-quote.ts';
import type { Passage } from '../../../src/enrich/material.ts';

function passage(text: string, known: Passage['known'] = 'open'): Passage {
  return { title: '', text, known, from: 'text' };
}

const quotes = createQuotes([
  passage('She said—quietly—that “the chain had caught her”,\nthe winter her father drowned.'),
  passage('Die Fähre gehörte den Rennicks seit drei Generationen.', 'hidden'),
  passage('彼女は三代続く渡し守である。'),
]);

describe('createQuotes', () => {
  test.each([
    ['the chain had caught her', 'the chain had caught her'],
    ['THE CHAIN, had caught   her!', 'the chain had caught her'],
    ['quietly that the chain had caught', 'quietly—that “the chain had caught'],
    ['the chaim had caught her the winter her father', 'the chain had caught her”, the winter her father'],
    ['caught her the winter her fathr drownd', 'caught her”, the winter her father drowned'],
    [
      'die Faehre gehorte den Rennicks seit drei Generationen',
      'Die Fähre gehörte den Rennicks seit drei Generationen',
    ],
    ['三代続く渡し守', '三代続く渡し守'],
  ])('%j stands there as %j', (quote, there) => {
    expect(quotes.find(quote)?.[0]?.text).toBe(there);
  });

  test('tells from which passage it is', () => {
    expect(quotes.find('seit drei Generationen')?.[0]?.passage.known).toBe('hidden');
  });

  test('of a quotation with a gap both ends must be there', () => {
    expect(quotes.find('She said quietly … her father drowned')).toHaveLength(2);
    expect(quotes.find('She said quietly … her mother laughed aloud')).toBeUndefined();
  });

  test.each([
    'her',
    'chain',
    '',
    '…',
    'she owned a golden crown',
    'the rope had bitten her',
    'drowned. Die Fähre gehörte',
  ])('%j is too short or stands nowhere', (quote) => {
    expect(quotes.find(quote)).toBeUndefined();
  });

  test('letters that stand everywhere hide nothing that stands once', () => {
    const long = createQuotes([passage('la '.repeat(60_000)), passage('the end of it all')]);
    expect(long.find('the end of it all')?.[0]?.text).toBe('the end of it all');
    expect(
      long.find(`${'la '.repeat(100)} and then a golden crown for everyone who ever sang along with us here`),
    ).toBeUndefined();
  });
});
