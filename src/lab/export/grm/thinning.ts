import { createHmac } from 'node:crypto';
import { PATTERNS, type Pattern } from '../../../judge/verdict/pattern-of.ts';
import type { Winner } from '../../../judge/verdict/verdict.ts';

/** A number from 0 to 1 that hangs on a seed, a purpose and a name alone. */
export function drawFor(seed: number, purpose: string, name: string): number {
  return createHmac('sha256', `${seed}/${purpose}`).update(name).digest().readUInt32BE(0) / 2 ** 32;
}

/**
 * Takes exactly `wanted` of `all` things that come one after another, each with the same chance (selection
 * sampling): memory holds two numbers.
 *
 * @param draw from 0 to 1, one for each thing
 */
export function choose(wanted: number, all: number): (draw: number) => boolean {
  let left = all;
  let missing = Math.min(wanted, all);
  return (draw) => {
    const isTaken = draw * left < missing;
    left -= 1;
    if (isTaken) missing -= 1;
    return isTaken;
  };
}

/** Of each pattern this many stay in any case: so few teach none. */
const LEAST = 50;
/** Of those that are decided, ties alone may be this share. */
const TIES = 0.1;

/**
 * How many pairs of each winner pattern are kept (her-spec 7.5, 7.6; the paper’s own shares are not public,
 * HER’s code takes as many of both sides as of the one-sided together). A judge that is trained on nothing but
 * clean sweeps decides first and looks for reasons afterwards.
 */
export function patternQuotas(counts: Readonly<Record<Pattern, number>>): Readonly<Record<Pattern, number>> {
  const both = counts['both-sides'];
  const oneSided = counts['first-only'] + counts['second-only'];
  const most = Math.max(both, LEAST);
  const kept = Math.min(oneSided, most);
  const first = oneSided === 0 ? 0 : Math.round((kept * counts['first-only']) / oneSided);
  const ties = Math.max(Math.floor((both + kept) * TIES), LEAST);
  return {
    'both-sides': both,
    'first-only': first,
    'second-only': kept - first,
    'tie-only': Math.min(counts['tie-only'], ties),
    // Nothing was won: there is nothing to learn but the decision.
    'no-winner': 0,
  };
}

export function noCounts(): Record<Pattern, number> {
  return Object.fromEntries(PATTERNS.map((name) => [name, 0])) as Record<Pattern, number>;
}

/** Upper ends of the buckets of |difference in length| / both lengths. */
const EDGES: readonly number[] = [0.05, 0.15, 0.3, 0.5];

/** Into which buckets pairs are put: all into one where they are so few that buckets would have one each. */
export function edgesFor(counts: Readonly<Record<Pattern, number>>): readonly number[] {
  const all = Object.values(patternQuotas(counts)).reduce((sum, count) => sum + count, 0);
  return all < LEAST ? [] : EDGES;
}

/**
 * In which bucket a decided pair lies, and whether the longer or the shorter one won; undefined for ties and
 * for candidates of one length, which tell nothing about length.
 */
export function lengthPlace(
  winner: Winner,
  gap: number,
  edges: readonly number[] = EDGES,
): { readonly bucket: number; readonly won: 'longer' | 'shorter' } | undefined {
  if (winner === 'tie' || gap === 0) return undefined;
  const size = Math.abs(gap);
  const at = edges.findIndex((edge) => size < edge);
  const won = gap > 0 === (winner === 'first') ? 'longer' : 'shorter';
  return { bucket: at < 0 ? edges.length : at, won };
}
