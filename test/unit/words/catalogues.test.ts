import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compare, englishFrom, readCatalogue } from '../../../scripts/words/catalogues.ts';
import { findSentences } from '../../../scripts/words/find-sentences.ts';
import { LOCALES } from '../../../src/words/locales.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
// The type checker reads the whole source for it.
const found = findSentences(root);

describe('the catalogues (npm run words mends the English one)', () => {
  test('every sentence that people read can be translated', () => {
    expect(found.problems).toEqual([]);
    expect(found.sentences.length).toBeGreaterThan(0);
  });

  test('the English one has what the code says', () => {
    const english = readCatalogue(root, 'en');
    expect(english).toEqual(englishFrom(found.sentences, english));
  });

  test.each(LOCALES)('%s has every sentence, with its values, and none that nobody says', (locale) => {
    expect(compare(found.sentences, locale, readCatalogue(root, locale))).toEqual({
      missing: [],
      unused: [],
      wrong: [],
    });
  });
});
