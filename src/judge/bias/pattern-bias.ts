import { type Share, shareOf } from '../stats/share.ts';
import type { JudgedPair } from './judged-pair.ts';
import { type Leaning, leaningOf } from './leaning.ts';
import { type ReadingPatterns, readingPatterns } from './reading-patterns.ts';

/** Above this share of winners with one pattern, a model that is trained on these verdicts writes nothing else. */
export const MOST_OF_ONE_PATTERN = 0.6;

export type PatternBias = {
  /** How each pattern fared against the others, ties as half wins; the most frequent first. */
  readonly patterns: readonly {
    readonly pattern: string;
    readonly shown: number;
    readonly won: Leaning;
  }[];
  /** The most frequent pattern among winners, and among all that were shown. */
  readonly topWinner: Share & { readonly pattern?: string };
  readonly topShown: Share & { readonly pattern?: string };
  /** In bits; 0 where all winners have one pattern. */
  readonly winnerEntropy: number;
  readonly shownEntropy: number;
  /** `topWinner` above `MOST_OF_ONE_PATTERN`, and beyond its share of all that were shown. */
  readonly collapsed: boolean;
  readonly readings: ReadingPatterns;
};

/**
 * How the order of thought, action and speech goes with winning: a reward that likes one pattern turns a model
 * into one that writes nothing else (HER, appendix C: with it unchecked, nearly all turns had one form).
 */
export function patternBias(pairs: readonly JudgedPair[]): PatternBias {
  const judged = pairs.filter(({ verdict }) => verdict.how === 'judged' && verdict.winner !== 'missing');
  const shown = countBy(judged.flatMap(({ first, second }) => [first.pattern, second.pattern]));
  const winners = countBy(
    judged.flatMap(({ first, second, verdict: { winner } }) => {
      if (winner === 'first') return [first.pattern];
      return winner === 'second' ? [second.pattern] : [];
    }),
  );
  const points = new Map<string, { won: number; met: number }>();
  for (const { first, second, verdict } of judged) {
    if (first.pattern === second.pattern) continue;
    const ofFirst = verdict.winner === 'tie' ? 0.5 : verdict.winner === 'first' ? 1 : 0;
    add(first.pattern, ofFirst);
    add(second.pattern, 1 - ofFirst);
  }

  function add(pattern: string, won: number): void {
    const before = points.get(pattern) ?? { won: 0, met: 0 };
    points.set(pattern, { won: before.won + won, met: before.met + 1 });
  }

  const topWinner = topOf(winners);
  const shownOfTop = (shown.get(topWinner.pattern ?? '') ?? 0) / Math.max(1, 2 * judged.length);
  return {
    patterns: [...shown].map(([pattern, count]) => {
      const { won, met } = points.get(pattern) ?? { won: 0, met: 0 };
      return { pattern, shown: count, won: leaningOf(won, met) };
    }),
    topWinner,
    topShown: topOf(shown),
    winnerEntropy: entropyOf(winners),
    shownEntropy: entropyOf(shown),
    collapsed: (topWinner.share ?? 0) > MOST_OF_ONE_PATTERN && (topWinner.interval?.low ?? 0) > shownOfTop,
    readings: readingPatterns(pairs),
  };
}

/** The most frequent first; equals by name. */
function countBy(patterns: readonly string[]): ReadonlyMap<string, number> {
  const groups = Map.groupBy(patterns, (pattern) => pattern);
  const counts = [...groups].map(([pattern, { length }]): [string, number] => [pattern, length]);
  return new Map(counts.sort(([a, often], [b, less]) => less - often || (a < b ? -1 : 1)));
}

function topOf(counts: ReadonlyMap<string, number>): PatternBias['topWinner'] {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [top] = counts;
  return top ? { pattern: top[0], ...shareOf(top[1], all) } : shareOf(0, 0);
}

function entropyOf(counts: ReadonlyMap<string, number>): number {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const bits = [...counts.values()].reduce((sum, count) => sum + (count / all) * Math.log2(all / count), 0);
  return Math.max(0, bits);
}
