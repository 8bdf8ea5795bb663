const SCRIPTS = {
  Latin: /\p{Script=Latin}/gu,
  Han: /\p{Script=Han}/gu,
  Kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  Hangul: /\p{Script=Hangul}/gu,
  Cyrillic: /\p{Script=Cyrillic}/gu,
  Arabic: /\p{Script=Arabic}/gu,
  Greek: /\p{Script=Greek}/gu,
  Hebrew: /\p{Script=Hebrew}/gu,
  Devanagari: /\p{Script=Devanagari}/gu,
  Thai: /\p{Script=Thai}/gu,
} as const;

export type Script = keyof typeof SCRIPTS | 'other' | 'none';

/** A few hundred letters tell. */
const LOOKED_AT = 600;
const ANY_LETTER = /\p{L}/gu;

/** The script that most letters of a text are in; kana beside Han make it Kana. `none` without letters. */
export function scriptOf(text: string): Script {
  const some = text.slice(0, LOOKED_AT);
  const letters = countOf(some, ANY_LETTER);
  if (letters === 0) return 'none';
  const counts = Object.entries(SCRIPTS).map(
    ([name, sign]) => [name as Script, countOf(some, sign)] as const,
  );
  const [top, count] = counts.reduce((best, one) => (one[1] > best[1] ? one : best));
  const kana = counts.find(([name]) => name === 'Kana')?.[1] ?? 0;
  if (top === 'Han' && kana * 5 > count) return 'Kana';
  return count > 0 ? top : 'other';
}

function countOf(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0;
}
