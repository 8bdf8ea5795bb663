import { pairsOf as eachWithEach } from '../../judge/tournament/tournament.ts';
import type { JudgeItem } from './input/item.ts';

/** Which candidates of an item are compared: each with each, in a knock-out, or all with one. */
export type Pairing =
  | { readonly kind: 'all' }
  | { readonly kind: 'knockout' }
  | { readonly kind: 'baseline'; readonly name: string };

/** Places of two candidates. */
export type Pair = readonly [first: number, second: number];

/** The pairs of an item, where they are known beforehand; a knock-out's are not, but between two. */
export function pairsOf({ candidates }: JudgeItem, pairing: Pairing): readonly Pair[] | undefined {
  if (candidates.length === 2) return [[0, 1]];
  const places = candidates.map((_, place) => place);
  switch (pairing.kind) {
    case 'all':
      return eachWithEach(candidates.length);
    case 'baseline': {
      const base = candidates.findIndex(({ name }) => name === pairing.name);
      return base < 0 ? [] : places.filter((place) => place !== base).map((place): Pair => [place, base]);
    }
    case 'knockout':
      return undefined;
  }
}

/** How many pairs an item has. */
export function countPairs(item: JudgeItem, pairing: Pairing): number {
  return pairsOf(item, pairing)?.length ?? item.candidates.length - 1;
}
