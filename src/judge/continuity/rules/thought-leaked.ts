import { termsOf } from '../../../cast/memory/terms.ts';
import { clipQuote } from '../quote-of.ts';
import type { ReviewedLine } from '../reviewed-line.ts';
import { sharedRuns } from '../shared-runs.ts';
import { amountOf, sequenceOf, wordsIn } from '../words-in.ts';

/** So many words in a row are hardly thought and said alike by accident. */
const LEAST_WORDS = 5;
const LEAST_TERMS = 2;

/**
 * Says aloud, word for word, what it thinks in the same line. What it does, it does on purpose; and what was
 * said openly before is quoted in the thought, not told by it.
 */
export function thoughtLeaked({ segments, heard }: ReviewedLine): string | undefined {
  const thoughts = segments.filter(({ kind }) => kind === 'thought').map(({ text }) => wordsIn(text));
  if (thoughts.length === 0) return undefined;
  for (const { kind, text } of segments) {
    if (kind !== 'speech') continue;
    const words = wordsIn(text);
    for (const { from, to } of thoughts.flatMap((thought) => sharedRuns(words, thought))) {
      const run = words.slice(from, to);
      const quote = text.slice(run[0]?.from, run.at(-1)?.to);
      const tells = amountOf(run) >= LEAST_WORDS && termsOf(quote).length >= LEAST_TERMS;
      if (tells && !heard.some((earlier) => sequenceOf(wordsIn(earlier)).includes(sequenceOf(run)))) {
        return clipQuote(quote);
      }
    }
  }
  return undefined;
}
