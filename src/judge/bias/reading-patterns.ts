import { PATTERNS, type Pattern, patternOf } from '../verdict/pattern-of.ts';
import type { JudgedPair } from './judged-pair.ts';

/**
 * How many readings have which winner pattern; `first` and `second` are places in the prompt here. A judge whose
 * readings nearly all find for one side decides first and looks for reasons afterwards; HER keeps most of its
 * training data `both-sides`.
 */
export type ReadingPatterns = Readonly<Record<Pattern, number>>;

export function readingPatterns(pairs: readonly JudgedPair[]): ReadingPatterns {
  const counts = Object.fromEntries(PATTERNS.map((name) => [name, 0])) as Record<Pattern, number>;
  for (const { shownFirst, outcome } of pairs.flatMap(({ verdict }) => verdict.orders)) {
    if (outcome.type === 'missing') continue;
    const pattern = patternOf(outcome.reading);
    counts[shownFirst === 'first' ? pattern : (TURNED.get(pattern) ?? pattern)] += 1;
  }
  return counts;
}

const TURNED: ReadonlyMap<Pattern, Pattern> = new Map([
  ['first-only', 'second-only'],
  ['second-only', 'first-only'],
]);
