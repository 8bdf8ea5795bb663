import { glyphPairs } from './glyph-pairs.ts';

/** Characters that take no room: zero-width, bidirectional and variation marks, soft hyphens. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]/g;

/** Letters of other scripts that a reader takes for Latin ones, after lower-casing. */
const LOOK_ALIKE = glyphPairs('аaеeоoрpсcуyхxіiѕsјjԁdһhкkмmтtвbнhոnɡgıiαaεeιiκkνvοoρpτtυuχxηnɩi');

const PLAIN_ASCII = /^[\u0020-\u007e]*$/;

/**
 * What two spellings share when a reader would take them for the same word: no case, no width, no
 * accents, no zero-width characters, no letters borrowed from another script. For comparing only.
 */
export function fold(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.toLowerCase();
  const plain = text.normalize('NFKD').replace(INVISIBLE, '').replace(/\p{M}/gu, '').toLowerCase();
  // Taken apart for its accents, put together again for scripts that are composed of parts.
  return plain.replace(/[^\u0020-\u007e]/gu, (letter) => LOOK_ALIKE.get(letter) ?? letter).normalize('NFC');
}

/** Lower case, usual widths, nothing invisible: for looking words up in any language. */
export function lower(text: string): string {
  return PLAIN_ASCII.test(text)
    ? text.toLowerCase()
    : text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
}

/** The text without characters that take no room. */
export function withoutInvisible(text: string): string {
  return PLAIN_ASCII.test(text) ? text : text.replace(INVISIBLE, '');
}
