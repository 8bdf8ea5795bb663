import type { Segment } from '../format/segments.ts';

/** A refusal is short; whoever goes on for longer plays. Characters. */
const LONGEST_REFUSAL = 1200;

const CANNOT = `(?:can(?:no|['’])?t|can not|am (?:not able|unable)|(?:['’]m| am) (?:not able|unable)|won['’]?t|will not)(?: to)?`;
const SORRY = `(?:(?:i['’]m|i am|we['’]re) (?:very |really |so |truly )?sorry|sorry|i apologi[sz]e|my apologies|unfortunately)`;
const ASSIST = `(?:assist|help|comply|fulfil?l|do)`;
const MAKE = `(?:continue|engage|participate|write|generate|create|produce|provide|fulfil?l|role-?play|assist|help|comply|discuss|proceed|depict|portray)`;
const MAKING = `(?:continu|engag|participat|writ|generat|creat|produc|provid|role-?play|discuss|proceed|depict|portray)ing`;
// What only someone outside of the story would name.
const OUTSIDE = `(?:request|prompt|role-?play(?:ing)?|content|material|guidelines|policy|policies|fictional scenario|narrative|sexual(?:ly)?|explicit|instructions|conversation|topic)`;

/** What the whole of a turn is, where it is nothing but this. */
const WHOLE = new RegExp(
  `^(?:${SORRY},? )?(?:but )?i ${CANNOT} ${ASSIST} (?:you )?(?:with )?(?:that|this)(?: request)?[.!]?$`,
  'iu',
);
/** How a refusal begins. */
const OPENINGS = [
  /^(?:i['’]m sorry,? but )?as an? (?:ai|artificial intelligence|(?:large )?language model)\b/iu,
  /^i(?:['’]m| am) (?:just |only )?an? (?:ai|artificial intelligence|(?:large )?language model)\b/iu,
  new RegExp(
    `^(?:${SORRY}[,.!]? )?(?:but )?(?:as an ai[^.]{0,40}, )?i ${CANNOT} ${MAKE}\\b[^.!?]{0,120}\\b${OUTSIDE}\\b`,
    'iu',
  ),
  new RegExp(
    `^(?:${SORRY}[,.!]? )?(?:but )?i(?:['’]m| am) not (?:going to ${MAKE}|comfortable (?:with )?${MAKING})\\b[^.!?]{0,120}\\b${OUTSIDE}\\b`,
    'iu',
  ),
  new RegExp(
    `^(?:${SORRY}[,.!]? )?(?:but )?(?:this|that|your) (?:request|prompt|content) (?:violates|goes against|is against|may violate|would violate)\\b`,
    'iu',
  ),
];

/**
 * Whether a turn is nothing but a model that refuses to play: no thought, no action, and words that
 * nobody in a story says. Careful: a character who will not help somebody passes.
 */
export function isRefusal(segments: readonly Pick<Segment, 'kind' | 'text'>[]): boolean {
  if (segments.length === 0 || segments.some(({ kind }) => kind !== 'speech')) return false;
  return soundsLikeRefusal(segments.map(({ text }) => text).join(' '));
}

/** The same of words alone. */
export function soundsLikeRefusal(text: string): boolean {
  const words = text.replace(/\s+/gu, ' ').replace(/^["“”*\s]+|["“”*\s]+$/gu, '');
  if (words.length > LONGEST_REFUSAL) return false;
  return WHOLE.test(words) || OPENINGS.some((opening) => opening.test(words));
}
