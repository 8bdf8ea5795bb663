import { joinNeighbours } from '../../format/join-neighbours.ts';
import type { Segment } from '../../format/segments.ts';

const NAMES = { thought: 'think', action: 'act', speech: 'speech' } as const;

/**
 * The order of layers in a turn, `think→act→speech`; `empty` where there are none (her-spec 6.2). Neighbours
 * of a kind count once.
 */
export function patternOf(segments: readonly Segment[]): string {
  if (segments.length === 0) return 'empty';
  return joinNeighbours(segments)
    .map(({ kind }) => NAMES[kind])
    .join('→');
}
