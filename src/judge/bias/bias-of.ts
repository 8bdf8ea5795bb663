import { type Counts, countPairs } from './count-pairs.ts';
import type { JudgedPair } from './judged-pair.ts';
import { type LabelBias, labelBias } from './label-bias.ts';
import { type LengthBias, lengthBias } from './length-bias.ts';
import { type PatternBias, patternBias } from './pattern-bias.ts';
import { type PositionBias, positionBias } from './position-bias.ts';

/** What sways a judge. Plain data: it can be written as JSON as it is. */
export type Bias = {
  readonly counts: Counts;
  readonly position: PositionBias;
  readonly length: LengthBias;
  readonly pattern: PatternBias;
  readonly label: LabelBias;
};

/**
 * Measures what sways a judge beside how good the candidates are: place, length, pattern of segments, names; and
 * counts what could not be read. The more pairs the better: intervals tell what the figures are worth.
 */
export function biasOf(pairs: readonly JudgedPair[]): Bias {
  return {
    counts: countPairs(pairs),
    position: positionBias(pairs),
    length: lengthBias(pairs),
    pattern: patternBias(pairs),
    label: labelBias(pairs),
  };
}
