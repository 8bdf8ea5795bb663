import { lengthGap } from '../../../judge/stats/duel.ts';
import { type Pattern, patternOf } from '../../../judge/verdict/pattern-of.ts';
import type { Candidate, Comparison, Reading, Winner } from '../../../judge/verdict/verdict.ts';
import { wordsOf } from '../../synth/checks/words.ts';
import type { SampleReject } from '../sample.ts';
import type { JudgedPairOf } from './judged-pairs.ts';

/** Fewer are no reasons (her-spec 7.6). */
export const LEAST_PRINCIPLES = 3;
/** Words that both have, of all that one has: at this share and above there is nothing to tell apart. */
export const NEAR_DUPLICATES = 0.8;
/** A relative difference in length that a judge can have gone by: 15 % of both. */
const SEEN_LENGTH = 0.15;

/** A pair that is worth learning from, and the reading that is taken of it. */
export type GoodPair = JudgedPairOf & {
  readonly reading: Reading;
  readonly shownFirst: 'first' | 'second';
  readonly winner: Winner;
  readonly pattern: Pattern;
  /** From -1 to 1; above 0 the first is longer. */
  readonly gap: number;
};

/**
 * Takes a pair, or says why not (her-spec 7.6): both orders were read and agree, or both are ties; three
 * principles or more; two legal turns; no near-duplicates; not decided by length alone.
 */
export function filterPair(pair: JudgedPairOf): GoodPair | SampleReject {
  const { id, first, second, verdict } = pair;
  const reject = (why: string, detail?: string): SampleReject => ({
    kind: 'reject',
    id,
    why,
    ...(detail === undefined ? {} : { detail }),
  });
  if (verdict.pending) return reject('not-answered-yet');
  if (!isLegal(first) || !isLegal(second)) return reject('illegal-turn');
  if (verdict.how !== 'judged') return reject('not-judged', verdict.how);
  const readings = verdict.orders.flatMap(({ shownFirst, outcome }) =>
    outcome.type === 'read' ? [{ shownFirst, reading: outcome.reading }] : [],
  );
  if (readings.length < 2 || readings.length < verdict.orders.length) return reject('order-unread');
  const winners = new Set(readings.map(({ reading }) => reading.better));
  if (winners.size > 1) return reject('orders-differ');
  const [taken] = readings.toSorted((one, other) => principlesIn(other.reading) - principlesIn(one.reading));
  if (!taken || principlesIn(taken.reading) < LEAST_PRINCIPLES) return reject('few-principles');
  if (jaccard(first, second) >= NEAR_DUPLICATES) return reject('near-duplicates');
  const gap = lengthGap({ first: verdict.first.length, second: verdict.second.length });
  if (readings.every(({ reading }) => isByLengthAlone(reading, gap))) return reject('length-alone');
  const winner = taken.reading.better;
  return { ...pair, ...taken, winner, pattern: patternOf(asCompared(taken.reading)), gap };
}

/** What others can see or hear is in it. */
function isLegal({ segments }: Candidate): boolean {
  return segments.some(({ kind, text }) => kind !== 'thought' && text.trim() !== '');
}

/** How many principles a reading rests on, each once. */
export function principlesIn(reading: Pick<Reading, 'violations' | 'comparisons'>): number {
  return asCompared(reading).comparisons.length;
}

/**
 * A reading whose violations are comparisons, too: HER’s form knows no others (her-spec 7.3). A principle that
 * is broken comes before the same one compared.
 */
export function asCompared({ violations, comparisons }: Pick<Reading, 'violations' | 'comparisons'>): {
  readonly comparisons: readonly Comparison[];
} {
  const broken = violations.map(({ principle, by, evidence }): Comparison => {
    const breaks = evidence === '' ? 'breaks it' : `breaks it: ${evidence}`;
    const told = (side: 'first' | 'second') => (by === side || by === 'both' ? breaks : 'does not break it');
    return {
      principle,
      first: told('first'),
      second: told('second'),
      better: by === 'both' ? 'tie' : by === 'first' ? 'second' : 'first',
      degree: 'significant',
    };
  });
  const seen = new Set<string>();
  const once = [...broken, ...comparisons].filter(({ principle: { id, name } }) => {
    const key = (id ?? name).toLowerCase();
    return key !== '' && !seen.has(key) && seen.add(key);
  });
  return { comparisons: once };
}

const LENGTH_WORDS =
  /\b(?:long(?:er|est)?|length(?:y|ier)?|short(?:er|est)?|brief(?:er)?|terse|wordier|more (?:words|text|detail(?:s|ed)?)|says more)\b/iu;

/**
 * Whether length alone decided: the clearly longer one won, nothing was broken, and each principle that it won
 * was won slightly or in words about length.
 */
export function isByLengthAlone(reading: Reading, gap: number): boolean {
  const { better, violations, comparisons } = reading;
  const longer = gap > 0 ? 'first' : 'second';
  if (better !== longer || Math.abs(gap) < SEEN_LENGTH || violations.length > 0) return false;
  return comparisons
    .filter((one) => one.better === better)
    .every(({ degree, first, second }) => degree === 'slight' || LENGTH_WORDS.test(`${first} ${second}`));
}

/** Of all words of two candidates, the share that both have; thoughts count. */
export function jaccard(one: Candidate, other: Candidate): number {
  const [mine, theirs] = [one, other].map(
    ({ segments }) => new Set(segments.flatMap(({ text }) => wordsOf(text))),
  );
  if (!mine || !theirs) return 0;
  const shared = mine.intersection(theirs).size;
  const all = mine.size + theirs.size - shared;
  return all === 0 ? 1 : shared / all;
}
