import { languageOf } from '../../src/performer/language.ts';

export type Language = 'en' | 'de';

const ANY_WORD = /\p{L}+/gu;
/** So few words may be a name and a greeting: in any language. */
const TOO_FEW = 5;

/**
 * Whether a text is in that language: of all function words that are known most are its own (see
 * `src/performer/language.ts`). Too few words are in any language; many without one are in none.
 */
export function isIn(language: Language, text: string): boolean {
  const words = text.match(ANY_WORD) ?? [];
  return words.length < TOO_FEW || languageOf(text) === language;
}
