import {
  DIMENSIONS,
  type DimensionId,
  PENALTIES,
  type Pillar,
  type Severity,
  WEIGHTS,
} from './dimensions.ts';

export type Scores = Readonly<Record<DimensionId, number>>;

/**
 * The mark of one turn in one dimension: 100 less the penalties of its faults, and never below 0. So a score
 * of 100 is a dialogue without a fault, and 0 one in which every turn is spoiled.
 */
export function turnMark(severities: readonly Severity[]): number {
  return Math.max(0, 100 - severities.reduce((sum, severity) => sum + PENALTIES[severity], 0));
}

/**
 * Pillars and overall from the six scores: each pillar is the mean of its scores, the overall one weighs
 * them 50 / 25 / 25.
 */
export function pillarsOf(scores: Scores): Readonly<Record<Pillar | 'overall', number>> {
  const worlds = pillar('worlds', scores);
  const stories = pillar('stories', scores);
  const preferences = pillar('preferences', scores);
  const overall = WEIGHTS.worlds * worlds + WEIGHTS.stories * stories + WEIGHTS.preferences * preferences;
  return { overall, worlds, stories, preferences };
}

function pillar(name: Pillar, scores: Scores): number {
  const its = DIMENSIONS.filter((dimension) => dimension.pillar === name);
  return its.reduce((sum, { id }) => sum + scores[id], 0) / its.length;
}
