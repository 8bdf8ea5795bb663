import type { PairVerdict } from '../verdict/verdict.ts';

/** Two candidates by their places, and what was decided. */
export type Match = { readonly first: number; readonly second: number; readonly verdict: PairVerdict };

export type Standing = {
  /** Places of all candidates, the best first. */
  readonly ranking: readonly number[];
  /** In the order in which they were played. */
  readonly matches: readonly Match[];
};

/** Compares the candidates at two places; `first` is always the earlier one. */
export type JudgePlaces = (first: number, second: number) => Promise<PairVerdict>;

/**
 * A knock-out among `count` candidates: `count - 1` matches, those of one round side by side. Where their
 * number is odd the last one goes on without a match, and plays in the next round. A tie or a missing verdict
 * keeps the order of the list: whoever stands later goes out.
 *
 * The ranking is complete: who went out later comes before who went out earlier; of one round, who lost to the
 * better one comes first.
 *
 * @throws what `judge` throws, once nothing is being judged any more
 */
export async function knockOut(count: number, judge: JudgePlaces): Promise<Standing> {
  const matches: Match[] = [];
  /** The losers of each round, by the place of who beat them. */
  const fallen: ReadonlyMap<number, number>[] = [];
  let standing = Array.from({ length: count }, (_, place) => place);
  while (standing.length > 1) {
    const round = await playAll(pairsOfRound(standing), judge);
    matches.push(...round);
    const beaten = new Map(round.map((match) => [winnerOf(match), loserOf(match)]));
    fallen.push(beaten);
    const idle = standing.length % 2 === 1 ? standing.slice(-1) : [];
    standing = [...idle, ...beaten.keys()];
  }
  let ranking = standing;
  // Backwards: when a round's losers are put in, everyone who could have beaten them is ranked.
  for (const beaten of fallen.reverse()) {
    ranking = [...ranking, ...ranking.flatMap((winner) => beaten.get(winner) ?? [])];
  }
  return { ranking, matches };
}

/**
 * Everyone against everyone, all side by side (`judge` has to bound what runs at once): count * (count - 1) / 2
 * matches. Ranked by the mean of what was read, a win 1 and a tie ½; a missing verdict counts for neither.
 * Equals, and whom no verdict could be read of, as in the list.
 *
 * @throws what `judge` throws, once nothing is being judged any more
 */
export async function roundRobin(count: number, judge: JudgePlaces): Promise<Standing> {
  const matches = await playAll(pairsOf(count), judge);
  const means = Array.from({ length: count }, (_, place) => meanOf(place, matches));
  const ranking = [...means.keys()].sort((a, b) => (means[b] ?? 0) - (means[a] ?? 0));
  return { ranking, matches };
}

/** All pairs of `count` places, in the order in which a round robin plays them. */
export function pairsOf(count: number): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, first) =>
    Array.from({ length: count - first - 1 }, (_, more): [number, number] => [first, first + more + 1]),
  ).flat();
}

function pairsOfRound(standing: readonly number[]): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (let at = 0; at + 1 < standing.length; at += 2) {
    const [one = 0, other = 0] = standing.slice(at, at + 2);
    pairs.push([Math.min(one, other), Math.max(one, other)]);
  }
  return pairs;
}

async function playAll(
  pairs: readonly (readonly [number, number])[],
  judge: JudgePlaces,
): Promise<readonly Match[]> {
  const played = await Promise.allSettled(
    pairs.map(async ([first, second]): Promise<Match> => {
      return { first, second, verdict: await judge(first, second) };
    }),
  );
  return played.map((match) => {
    if (match.status === 'rejected') throw match.reason;
    return match.value;
  });
}

function winnerOf({ first, second, verdict }: Match): number {
  return verdict.winner === 'second' ? second : first;
}

function loserOf({ first, second, verdict }: Match): number {
  return verdict.winner === 'second' ? first : second;
}

function meanOf(place: number, matches: readonly Match[]): number {
  let points = 0;
  let read = 0;
  for (const { first, second, verdict } of matches) {
    if (verdict.winner === 'missing' || (first !== place && second !== place)) continue;
    read += 1;
    if (verdict.winner === 'tie') points += 0.5;
    else if (verdict.winner === (first === place ? 'first' : 'second')) points += 1;
  }
  return read === 0 ? 0.5 : points / read;
}
