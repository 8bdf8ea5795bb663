import type { Kind, ScoredCase, ScoredRun } from './scored-run.ts';

/** The same case in both runs. */
export type Pair = { readonly a: ScoredCase; readonly b: ScoredCase };

export type Pairing = {
  readonly pairs: readonly Pair[];
  /** Cases that only one of the runs has. */
  readonly onlyA: number;
  readonly onlyB: number;
  /** In both, and invalid in one of them: left out of honest comparisons. */
  readonly invalid: number;
};

/** Pairs cases by id, in the order of the first run. */
export function pairCases(
  { cases: as }: Pick<ScoredRun, 'cases'>,
  { cases: bs }: Pick<ScoredRun, 'cases'>,
  kind: Kind,
): Pairing {
  const others = new Map(bs.map((one) => [one.id, one]));
  const both = as.flatMap((a): Pair[] => {
    const b = others.get(a.id);
    return b ? [{ a, b }] : [];
  });
  const pairs = kind === 'honest' ? both.filter(({ a, b }) => !a.invalid && !b.invalid) : both;
  return {
    pairs,
    onlyA: as.length - both.length,
    onlyB: bs.length - both.length,
    invalid: both.length - pairs.length,
  };
}
