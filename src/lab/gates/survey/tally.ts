import { createBoundedCounts } from '../../patterns/bounded-counts.ts';
import type { Counted } from './survey.ts';

/** Counts of a few names; their shares are of `of`, or of all that were counted. */
export function createTally(most = 200) {
  const counts = createBoundedCounts({ most });
  return {
    add: (name: string) => counts.add(name),
    get n() {
      return counts.n;
    },
    get distinct() {
      return counts.distinct;
    },
    get other() {
      return counts.other;
    },
    rows(of = counts.n): readonly Counted[] {
      const rest = counts.other > 0 ? [{ name: 'other', count: counts.other }] : [];
      return [...counts.top(most), ...rest].map((one) => ({ ...one, share: of === 0 ? 0 : one.count / of }));
    },
  };
}
