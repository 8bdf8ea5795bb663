/** Controls, halves of characters, and signs that are none. */
const NO_TEXT = /[^\t\n\r\u0020-\u007E\u00A0-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** Marks that turn the direction of all that follows; those that turn none (LRM, RLM) may stay. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/gu;
const BREAKS = /\r\n?/gu;
const WIDE_GAP = /\n{3,}/gu;
/** Longer texts are cut where they are shown. Characters. */
const LONGEST = 8000;

/**
 * Text of models and files as it may be shown: nothing in it moves a cursor, turns what stands beside it, or
 * is longer than anybody reads.
 */
export function plain(text: string, longest = LONGEST): string {
  const clean = text
    .slice(0, longest + 1)
    .toWellFormed()
    .replace(NO_TEXT, '�')
    .replace(TURNING, '')
    .replace(BREAKS, '\n')
    .replace(WIDE_GAP, '\n\n');
  if (text.length <= longest) return clean;
  return `${clean.slice(0, longest).toWellFormed()}… (${(text.length - longest).toLocaleString('en')} more characters)`;
}

/** The same in one line, for tables and titles. */
export function plainLine(text: string, longest = 200): string {
  return plain(text, longest).replace(/\s+/gu, ' ').trim();
}

/** `scene` as `Scene` */
export function inCapitals(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
