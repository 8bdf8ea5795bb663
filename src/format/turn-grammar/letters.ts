/** Scripts that part their words by blanks: in these a turn can be bounded word by word. */
const SCRIPTS = [
  { has: /\p{sc=Latin}/u, letters: 'A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ' },
  { has: /\p{sc=Greek}/u, letters: 'Ά-ΊΌ-ώἀ-ᾼῂ-ῼ' },
  { has: /\p{sc=Cyrillic}/u, letters: 'Ѐ-ҁҊ-ԯ' },
] as const;
const OTHER_SCRIPT = /(?![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{L}/u;

/**
 * The letters that a turn may be written in, as ranges of a character class: those of the scripts
 * that a text uses. A small model then cannot wander off into another script.
 *
 * @returns undefined where the text has letters of scripts that no words can be counted in
 */
export function lettersOf(said: string): string | undefined {
  if (OTHER_SCRIPT.test(said)) return undefined;
  const found = SCRIPTS.filter(({ has }) => has.test(said)).map(({ letters }) => letters);
  return found.length > 0 ? found.join('') : SCRIPTS[0].letters;
}
