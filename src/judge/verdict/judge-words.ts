import type { Json } from '../../format/answer-json.ts';
import type { Side } from './verdict.ts';
import type { Called } from './who-is.ts';

/** What the candidates are called in what is kept of a judge's words. */
const STANDING: Readonly<Record<Side, string>> = { first: '[first]', second: '[second]' };
const POSITION = /\b(?:cand|candidate|response)[ _]?([12])\b/giu;

/** A judge's words on one line, up to a length, with its names for the candidates made plain. */
export function judgeWords(value: Json | undefined, { labels, shownFirst }: Called, longest: number): string {
  const shownSecond = shownFirst === 'first' ? 'second' : 'first';
  let words = textOf(value, 0).replace(/\s+/gu, ' ').trim();
  if (words.length > longest) words = `${words.slice(0, longest - 1)}…`;
  words = words.toWellFormed();
  for (const side of ['first', 'second'] as const) {
    const label = labels[side];
    if (/^\p{L}+$/u.test(label)) {
      words = words.replace(new RegExp(`\\b(?:[Cc]andidate )?${label}\\b`, 'gu'), STANDING[side]);
    }
  }
  return words.replace(POSITION, (_, place: string) => STANDING[place === '1' ? shownFirst : shownSecond]);
}

/** Whatever stands there, as text. */
export function textOf(value: Json | undefined, depth = 0): string {
  if (value === undefined || value === null || depth > 3) return '';
  if (typeof value === 'object') {
    return [...value.values()]
      .map((one) => textOf(one, depth + 1))
      .filter(Boolean)
      .join(' ');
  }
  return String(value);
}
