import type { Comparison, Degree, PrincipleRef, Reading, Side, Violation, Winner } from './verdict.ts';

/** Stands where a judge compared by no principle, but by a candidate, say: it counts and is not shown. */
export const NO_PRINCIPLE: PrincipleRef = { name: '' };

const WEIGHT: Readonly<Record<Degree, number>> = { slight: 1, clear: 2, significant: 3 };

/**
 * Holds a decision against what it rests on (her-spec 7.3): who alone breaks a negative principle has
 * lost, where both do it is a tie, and nobody wins by merits that were all the other side's.
 */
export function settleReading(
  { comparisons, ...rest }: Pick<Reading, 'violations' | 'comparisons' | 'reason'>,
  decided: Winner,
): Reading | 'contradiction' {
  const named = comparisons.filter(({ principle }) => principle !== NO_PRINCIPLE);
  const found = { ...rest, comparisons: named };
  const guilty = guiltyOf(found.violations);
  if (guilty === 'both') return { ...found, better: 'tie', ...deciding(found.violations[0]?.principle) };
  if (guilty) {
    const better = otherSide(guilty);
    if (decided === guilty) return 'contradiction';
    return { ...found, better, ...deciding(found.violations[0]?.principle) };
  }
  if (decided === 'tie') return { ...found, better: 'tie' };
  const won = (one: Comparison) => one.better === decided;
  const lost = comparisons.some(({ better }) => better === otherSide(decided));
  if (lost && !comparisons.some(won)) return 'contradiction';
  return { ...found, better: decided, ...deciding(weightiest(named.filter(won))?.principle) };
}

function guiltyOf(violations: readonly Violation[]): Side | 'both' | undefined {
  const sides = new Set(violations.flatMap(({ by }) => (by === 'both' ? ['first', 'second'] : [by])));
  if (sides.size === 2) return 'both';
  return sides.has('first') ? 'first' : sides.has('second') ? 'second' : undefined;
}

function otherSide(side: Side): Side {
  return side === 'first' ? 'second' : 'first';
}

function weightiest(won: readonly Comparison[]): Comparison | undefined {
  return won.toSorted((one, other) => WEIGHT[other.degree] - WEIGHT[one.degree])[0];
}

function deciding(principle: PrincipleRef | undefined): Pick<Reading, 'deciding'> {
  return principle ? { deciding: principle } : {};
}
