import { isEnglish } from '../../../enrich/sentences.ts';
import { scriptOf } from '../checks/voice.ts';
import { wordsOf } from '../checks/words.ts';

/** Scripts by which languages are told apart, those of one language together. */
const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Hangul}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Thai}/u,
  /\p{Script=Devanagari}/u,
];
/** A text of so many words in English has one of its small words. */
const ENOUGH = 8;

/**
 * Whether a thought is in another language than the turn was, or mixes one into it that nobody in the scene uses
 * (her-spec 6.2). By scripts; of languages in Latin letters only English is told from others.
 *
 * @param turn all layers of the turn as it was
 * @param around the whole scene; it is read only where the turn does not answer
 */
export function isOtherLanguage(thought: string, turn: string, around: () => string): boolean {
  const words = wordsOf(thought);
  const [script, own] = [scriptOf(turn), scriptOf(thought)];
  if (script !== '' && own !== '' && words.length > 2 && own !== script) return true;
  const foreign = SCRIPTS.filter((one) => one.test(thought) && !one.test(turn));
  if (foreign.length > 0) {
    const text = around();
    if (foreign.some((one) => !one.test(text))) return true;
  }
  // A short turn looks like English by chance: “Was?”
  return words.length >= ENOUGH && isEnglish(turn) && !isEnglish(thought) && isEnglish(around());
}
