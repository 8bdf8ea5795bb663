import type { Reading } from './verdict.ts';

/** Who won principles in one reading (her-spec 7.5). */
export const PATTERNS = ['both-sides', 'first-only', 'second-only', 'tie-only', 'no-winner'] as const;
export type Pattern = (typeof PATTERNS)[number];

/** The winner pattern of a reading: whether each side won a principle, or nothing but ties, or nothing at all. */
export function patternOf({ comparisons }: Pick<Reading, 'comparisons'>): Pattern {
  const winners = new Set(comparisons.map(({ better }) => better));
  if (winners.has('first')) return winners.has('second') ? 'both-sides' : 'first-only';
  if (winners.has('second')) return 'second-only';
  return winners.has('tie') ? 'tie-only' : 'no-winner';
}
