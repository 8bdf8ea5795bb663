import { contendersOf, PRIOR, ranked, type Strength } from './bradley-terry.ts';
import { type Duel, lengthGap, pointsOfFirst } from './duel.ts';
import { solve } from './solve.ts';

/** Strengths with the pull of length taken out. */
export type LengthControlled = {
  /** As they would be if all candidates were of one length. */
  readonly strengths: readonly Strength[];
  /** Log-odds that being longer by the usual gap adds; above 0: longer ones are preferred. */
  readonly pull: number;
  /** Root mean square of `lengthGap`; 0 where all were of one length, and then there is no pull. */
  readonly usualGap: number;
};

type Row = { readonly first: number; readonly second: number; readonly gap: number; readonly points: number };

const MOST_STEPS = 100;
const TOLERANCE = 1e-10;
/**
 * So much the prior bends at least, as far as a step is concerned. Far out it is all but straight: a step that
 * trusts it goes on to where nothing bends any more and no way leads back. What is greatest stays the same.
 */
const LEAST_BEND = 1e-4;

/**
 * Bradley-Terry strengths with the difference in length beside them in one logistic model, as style control does
 * for chat arenas (T. Li, A. Angelopoulos, W.-L. Chiang, "Does style matter?", LMSYS 2024), by Newton's method.
 * Strengths and pull have the prior of `bradleyTerry`; where all are equally long its strengths come out.
 */
export function lengthControlled(duels: readonly Duel[]): LengthControlled {
  const ids = contendersOf(duels);
  const places = new Map(ids.map((id, place) => [id, place]));
  const read = duels.filter(({ first, second, winner }) => winner !== 'missing' && first !== second);
  const gaps = read.map(({ lengths }) => lengthGap(lengths));
  const usualGap = Math.sqrt(gaps.reduce((sum, gap) => sum + gap ** 2, 0) / Math.max(1, gaps.length));
  const counts = new Float64Array(ids.length);
  const rows = read.map((duel, at): Row => {
    const first = places.get(duel.first) ?? 0;
    const second = places.get(duel.second) ?? 0;
    for (const place of [first, second]) counts[place] = (counts[place] ?? 0) + 1;
    const gap = usualGap === 0 ? 0 : (gaps[at] ?? 0) / usualGap;
    return { first, second, gap, points: pointsOfFirst(duel) ?? 0.5 };
  });
  const fitted = estimate(rows, ids.length);
  return { strengths: ranked(ids, fitted.slice(0, -1), counts), pull: fitted.at(-1) ?? 0, usualGap };
}

/** Thetas, and the pull as the last. */
function estimate(rows: readonly Row[], contenders: number): readonly number[] {
  let values = Array.from({ length: contenders + 1 }, () => 0);
  let likelihood = logLikelihood(rows, values);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = newtonStep(rows, values);
    let next = values;
    // A whole step can go too far, where one side nearly always wins.
    for (let part = 1; part > 1e-6; part /= 2) {
      const tried = values.map((value, at) => value + part * (direction[at] ?? 0));
      const reached = logLikelihood(rows, tried);
      if (reached < likelihood) continue;
      next = tried;
      likelihood = reached;
      break;
    }
    const moved = Math.max(...next.map((value, at) => Math.abs(value - (values[at] ?? 0))));
    values = next;
    if (moved < TOLERANCE) break;
  }
  return values;
}

function newtonStep(rows: readonly Row[], values: readonly number[]): readonly number[] {
  const pull = values.length - 1;
  const slope = values.map((value) => PRIOR * (1 - 2 * sigmoid(value)));
  const bend = values.map((value, at) =>
    values.map((_, to) => (at === to ? 2 * PRIOR * Math.max(LEAST_BEND, variance(value)) : 0)),
  );
  const add = (line: number[] | undefined, at: number, amount: number) => {
    if (line) line[at] = (line[at] ?? 0) + amount;
  };
  for (const row of rows) {
    const { first, second, gap } = row;
    const odds = oddsOf(row, values);
    const surprise = row.points - sigmoid(odds);
    const weight = variance(odds);
    add(slope, first, surprise);
    add(slope, second, -surprise);
    add(slope, pull, surprise * gap);
    for (const [at, factor] of [[first, 1] as const, [second, -1] as const, [pull, gap] as const]) {
      const line = bend[at];
      add(line, first, weight * factor);
      add(line, second, -weight * factor);
      add(line, pull, weight * factor * gap);
    }
  }
  return solve(bend, slope);
}

function logLikelihood(rows: readonly Row[], values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += PRIOR * (logSigmoid(value) + logSigmoid(-value));
  for (const row of rows) {
    const odds = oddsOf(row, values);
    sum += row.points * logSigmoid(odds) + (1 - row.points) * logSigmoid(-odds);
  }
  return sum;
}

function oddsOf({ first, second, gap }: Row, values: readonly number[]): number {
  return (values[first] ?? 0) - (values[second] ?? 0) + gap * (values.at(-1) ?? 0);
}

function sigmoid(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

function variance(odds: number): number {
  return sigmoid(odds) * sigmoid(-odds);
}

function logSigmoid(odds: number): number {
  return Math.min(0, odds) - Math.log1p(Math.exp(-Math.abs(odds)));
}
