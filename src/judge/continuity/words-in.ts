import { fold } from '../../format/fold.ts';

/** A word where it stands; of scripts without spaces one character. */
export type Word = {
  /** Folded: two that a reader takes for the same are the same. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
};

const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const WORD = new RegExp(
  `[${UNSPACED}]\\p{M}*|[[\\p{L}\\p{M}\\p{N}]--[${UNSPACED}]]+(?:['’][[\\p{L}\\p{M}]--[${UNSPACED}]]+)*`,
  'gv',
);
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');

/** The words of a text, without what stands between them. */
export function wordsIn(text: string): Word[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    text: fold(word).replace(/[\s'’]/gu, ''),
    from: index,
    to: index + word.length,
  }));
}

/** How much words come to: one each, two characters of a script without spaces as much as a word. */
export function amountOf(words: readonly Word[]): number {
  return words.reduce((sum, { text }) => sum + (IS_UNSPACED.test(text) ? 0.5 : 1), 0);
}

/** Words as one text that can be looked for in another such text. */
export function sequenceOf(words: readonly Word[]): string {
  return ` ${words.map(({ text }) => text).join(' ')} `;
}
