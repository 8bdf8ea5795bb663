import { type Share, shareOf } from '../stats/share.ts';
import type { PairVerdict, Winner } from '../verdict/verdict.ts';
import type { JudgedPair } from './judged-pair.ts';
import { type Leaning, leaningOf } from './leaning.ts';

/** A judge that changes its mind with the order more often than this is no base for a leaderboard. */
export const MOST_FLIPS = 0.4;

export type PositionBias = {
  /** Of the orders that were decided, how many went to the candidate that was shown first. */
  readonly firstShown: Leaning;
  /** Of the pairs whose both orders were read, how many verdicts are `flipped`. */
  readonly flips: Share;
  /** Flips above `MOST_FLIPS`: `unfit` for a leaderboard. `unknown`: no pair was read in both orders. */
  readonly fitness: 'fit' | 'unfit' | 'unknown';
};

/**
 * How the place in the prompt sways a judge. The orders of one pair hang together, so the interval of `firstShown`
 * is as wide as if each pair told but one thing.
 */
export function positionBias(pairs: readonly JudgedPair[]): PositionBias {
  let hits = 0;
  let orders = 0;
  let telling = 0;
  let readTwice = 0;
  let flipped = 0;
  for (const { verdict } of pairs) {
    const places = placesOf(verdict);
    const decided = places.filter((place) => place !== 'tie');
    hits += decided.filter((place) => place === 'first').length;
    orders += decided.length;
    if (decided.length > 0) telling += 1;
    if (places.length < 2) continue;
    readTwice += 1;
    if (verdict.flipped) flipped += 1;
  }
  const flips = shareOf(flipped, readTwice);
  return { firstShown: leaningOf(hits, orders, telling), flips, fitness: fitnessOf(flips) };
}

/** For each order that was read: which of the places that were shown won. */
export function placesOf({ orders }: PairVerdict): readonly Winner[] {
  return orders.flatMap(({ shownFirst, outcome }): Winner[] => {
    if (outcome.type === 'missing') return [];
    const { better } = outcome.reading;
    if (better === 'tie') return ['tie'];
    return [better === shownFirst ? 'first' : 'second'];
  });
}

function fitnessOf({ share }: Share): PositionBias['fitness'] {
  if (share === undefined) return 'unknown';
  return share > MOST_FLIPS ? 'unfit' : 'fit';
}
