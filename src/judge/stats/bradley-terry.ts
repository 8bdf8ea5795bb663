import { type Duel, pointsOfFirst } from './duel.ts';

/** How strong a contender is. That one wins over another has the log-odds `theta - theta`; their mean is 0. */
export type Strength = {
  readonly id: string;
  readonly theta: number;
  /** For display: 400 more are ten times the odds, the mean is 1000. */
  readonly elo: number;
  /** Duels that were read. */
  readonly duels: number;
};

/**
 * Virtual wins and losses of each contender against one of strength 0: they keep strengths finite where one
 * never lost, and comparable where two groups never met.
 */
export const PRIOR = 0.5;

const TOLERANCE = 1e-9;
const MOST_ROUNDS = 20_000;

/**
 * Bradley-Terry strengths by minorisation-maximisation (D. R. Hunter, "MM algorithms for generalized
 * Bradley-Terry models", Annals of Statistics 32, 2004), ties as half a win each, with a weak prior (`PRIOR`).
 * Missing verdicts count for nothing. Strongest first; equals by id.
 */
export function bradleyTerry(duels: readonly Duel[]): readonly Strength[] {
  const { ids, wins, met, counts } = tableOf(duels);
  const strengths = new Float64Array(ids.length).fill(1);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let moved = 0;
    for (let one = 0; one < ids.length; one++) {
      const own = strengths[one] ?? 1;
      let shared = (2 * PRIOR) / (own + 1);
      for (let other = 0; other < ids.length; other++) {
        shared += (met[one * ids.length + other] ?? 0) / (own + (strengths[other] ?? 1));
      }
      const next = ((wins[one] ?? 0) + PRIOR) / shared;
      moved = Math.max(moved, Math.abs(Math.log(next / own)));
      strengths[one] = next;
    }
    const scale = scaleOf(strengths);
    for (const [at, strength] of strengths.entries()) strengths[at] = strength * scale;
    if (Math.max(moved, Math.abs(Math.log(scale))) < TOLERANCE) break;
  }
  return ranked(
    ids,
    [...strengths].map((strength) => Math.log(strength)),
    counts,
  );
}

/**
 * By what all strengths together are to be multiplied: of that the duels say nothing, only the prior does, and
 * one at a time they would creep there. A Newton step on their common logarithm.
 */
function scaleOf(strengths: Float64Array): number {
  let slope = 0;
  let bend = 0;
  for (const strength of strengths) {
    slope += (1 - strength) / (1 + strength);
    bend += (2 * strength) / (1 + strength) ** 2;
  }
  return bend > 0 ? Math.exp(Math.max(-1, Math.min(1, slope / bend))) : 1;
}

/** Strengths as they are shown: around a mean of 0, the strongest first. */
export function ranked(
  ids: readonly string[],
  thetas: readonly number[],
  counts: ArrayLike<number>,
): readonly Strength[] {
  const mean = thetas.reduce((sum, theta) => sum + theta, 0) / Math.max(1, thetas.length);
  return ids
    .map((id, at): Strength => {
      const theta = (thetas[at] ?? 0) - mean;
      return { id, theta, elo: eloOf(theta), duels: counts[at] ?? 0 };
    })
    .sort((a, b) => b.theta - a.theta || (a.id < b.id ? -1 : 1));
}

/** Elo for display of a log-odds strength. */
export function eloOf(theta: number): number {
  return 1000 + (400 / Math.LN10) * theta;
}

/** Contenders in the order in which they appear, also those of whom nothing was read. */
export function contendersOf(duels: readonly Duel[]): readonly string[] {
  const ids = new Set<string>();
  for (const { first, second } of duels) ids.add(first).add(second);
  return [...ids];
}

function tableOf(duels: readonly Duel[]) {
  const ids = contendersOf(duels);
  const places = new Map(ids.map((id, place) => [id, place]));
  const wins = new Float64Array(ids.length);
  const counts = new Float64Array(ids.length);
  /** Duels between two, row by row. */
  const met = new Float64Array(ids.length ** 2);
  const add = (to: Float64Array, at: number, amount: number) => {
    to[at] = (to[at] ?? 0) + amount;
  };
  for (const duel of duels) {
    const points = pointsOfFirst(duel);
    const first = places.get(duel.first) ?? 0;
    const second = places.get(duel.second) ?? 0;
    if (points === undefined || first === second) continue;
    add(wins, first, points);
    add(wins, second, 1 - points);
    add(counts, first, 1);
    add(counts, second, 1);
    add(met, first * ids.length + second, 1);
    add(met, second * ids.length + first, 1);
  }
  return { ids, wins, met, counts };
}
