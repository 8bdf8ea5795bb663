import { termsOf } from '../../cast/memory/terms.ts';
import type { Segment } from '../../format/segments.ts';
import { type VisibleSegment, visibleSegments } from '../../format/segments.ts';
import { type Word, wordsIn } from './words-in.ts';

/** Longer quotes are cut behind a word. Characters. */
export const LONGEST_QUOTE = 160;

/** A stretch of a text, cut where it is long; it stands there as it is. */
export function clipQuote(text: string): string {
  const bare = text.trim();
  if (bare.length <= LONGEST_QUOTE) return bare;
  const words = wordsIn(bare).filter(({ to }) => to <= LONGEST_QUOTE);
  return bare.slice(0, words.at(-1)?.to ?? LONGEST_QUOTE);
}

/**
 * The words of a line that somebody quotes, as they stand there: whatever signs, case and accents the quote
 * has. Undefined where they cannot be seen or heard in it, or say nothing.
 */
export function quoteIn(segments: readonly Segment[], quoted: string): string | undefined {
  if (termsOf(quoted).length === 0) return undefined;
  const sought = wordsIn(quoted);
  for (const segment of visibleSegments(segments)) {
    const found = findIn(segment, sought);
    if (found) return clipQuote(found);
  }
  return undefined;
}

function findIn({ text }: VisibleSegment, sought: readonly Word[]): string | undefined {
  const words = wordsIn(text);
  const first = words.findIndex((_, at) =>
    sought.every((word, further) => word.text === words[at + further]?.text),
  );
  const [start, end] = [words[first], words[first + sought.length - 1]];
  return start && end && text.slice(start.from, end.to);
}
