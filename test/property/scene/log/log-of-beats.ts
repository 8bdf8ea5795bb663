import fc from 'fast-check';
import type { Beat } from '../../../../src/scene/beat.ts';
import * as afterwards from './afterwards.ts';
import * as comings from './comings.ts';
import { sceneAfter } from './scene-now.ts';
import * as talking from './talking.ts';

/**
 * Random logs that keep the engine's rules: people enter before they act, those perceive a beat who
 * are in its place, what is edited, chosen, undone or forgotten was there.
 */
export type Step = { readonly type: StepType; readonly a: number; readonly b: number; readonly c: number };

const { newestTurns: _, ...talks } = talking;
const PLAYS = { ...comings, ...talks, ...afterwards };
type StepType = keyof typeof PLAYS;

/** How often each comes, beside the others. */
const WEIGHTS: Readonly<Record<StepType, number>> = {
  enter: 6,
  leave: 3,
  move: 3,
  change: 4,
  undo: 4,
  line: 16,
  walkOn: 1,
  narration: 3,
  whisper: 4,
  told: 2,
  event: 2,
  swipe: 9,
  choose: 8,
  amend: 4,
  retract: 3,
  forget: 2,
  pin: 2,
  plant: 2,
  secret: 1,
  steer: 1,
  grant: 1,
  time: 2,
  setting: 1,
  room: 1,
  rewind: 2,
};

const number = fc.nat(999);
const step: fc.Arbitrary<Step> = fc.oneof(
  ...Object.entries(WEIGHTS).map(([type, weight]) => ({
    weight,
    arbitrary: fc.record({ type: fc.constant(type as StepType), a: number, b: number, c: number }),
  })),
);

/** Scripts of up to `length` steps. */
export function steps(length: number): fc.Arbitrary<Step[]> {
  return fc.array(step, { maxLength: length, size: 'max' });
}

/** Plays the steps into a log; those that make no sense where they come are left out. */
export function logOf(script: readonly Step[]): Beat[] {
  const log: Beat[] = [];
  for (const { type, a, b, c } of script) {
    for (const draft of PLAYS[type](sceneAfter(log), a, b, c)) {
      log.push({ ...draft, n: log.length + 1, at: 1000 * log.length });
    }
  }
  return log;
}
