import type { WireJudged, WireMatch, WireOrder, WireReading } from '../judged-shape.ts';

/** A sentence, and the principle that is named at its end. */
export type Decision = { readonly words: string; readonly deciding?: string };

/** What a candidate is called: A to D, in the order in which they were drafted. */
export function letterOf(place: number): string {
  return String.fromCodePoint(65 + place);
}

/** How a turn was chosen, in one line: by the last match, which decided. */
export function headline({ candidates, model, ms, matches }: WireJudged): Decision {
  const count = `${candidates.length} candidates`;
  const last = matches.at(-1);
  if (!last) return { words: `${count}, nothing was compared` };
  const asked = matches.some(({ how }) => how === 'judged');
  const { words, deciding } = decisionOf(last);
  const chosen = asked ? `chosen by ${model} in ${(ms / 1000).toFixed(1)} s` : 'chosen without a judge';
  return { words: `${count}, ${chosen}: ${words}`, ...(deciding === undefined ? {} : { deciding }) };
}

/** Who was better; of a tie or a missing verdict, that the one drafted first goes on. */
export function decisionOf({ first, second, how, winner, deciding }: WireMatch): Decision {
  const [one, other] = [letterOf(first), letterOf(second)];
  const earlier = letterOf(Math.min(first, second));
  switch (winner) {
    case 'tie':
      return {
        words: `${one} and ${other} ${how === 'identical' ? 'are the same' : 'came out even'}, ${earlier} goes on`,
      };
    case 'missing':
      return { words: `no verdict on ${one} and ${other}, ${earlier} goes on` };
    default: {
      const [better, worse] = winner === 'first' ? [one, other] : [other, one];
      const why = how === 'empty' ? `, which is empty` : '';
      return { words: `${better} over ${worse}${why}`, ...(deciding ? { deciding: deciding.name } : {}) };
    }
  }
}

/** What is to be said of how a match was decided, beside who won. */
export function remarkOn({ how, flipped, orders }: WireMatch): string {
  if (how !== 'judged') return 'No judge was asked.';
  if (flipped) return 'Flipped: with the order turned round it preferred the other one, so neither won.';
  const missing = orders.filter((order) => order.missing !== undefined);
  if (missing.length === 0) return 'Both orders agree.';
  const [subject, verdict] =
    missing.length === orders.length ? ['No answer', 'it'] : ['One of two answers', 'the other'];
  const why = [...new Set(missing.map(whyMissing))].join(', ');
  return `${subject} could be used: ${verdict} ${why}.`;
}

const MISSING: Readonly<Record<NonNullable<WireOrder['missing']>, string>> = {
  prose: 'was prose',
  half: 'was cut off',
  shape: 'had another form',
  third: 'chose neither of the two',
  contradiction: 'went against its own findings',
  empty: 'was empty',
  'model-failed': 'never came',
};

/** Why an answer is missing, as what it did; '' where it is not. */
export function whyMissing({ missing }: WireOrder): string {
  return missing === undefined ? '' : MISSING[missing];
}

const DEGREES: Readonly<Record<WireReading['comparisons'][number]['degree'], string>> = {
  slight: 'slightly',
  clear: 'clearly',
  significant: 'by far',
};

/** Who of two does better by one principle. */
export function betterWords(
  { better, degree }: WireReading['comparisons'][number],
  { first, second }: WireMatch,
): string {
  if (better === 'tie') return 'even';
  return `${letterOf(better === 'first' ? first : second)}, ${DEGREES[degree]}`;
}
