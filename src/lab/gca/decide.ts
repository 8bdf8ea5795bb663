import { END_CHAT } from './reference-next-speaker.ts';

/** Who speaks, as the scene’s record lists them. */
export type Stage = {
  readonly speaking: readonly string[];
  readonly major: readonly string[];
};

export const ENVIRONMENT_NAME = 'Environment';
/** The end is heeded from this round on, counted from 0. */
const FIRST_END = 5;
/** Of the draws, at most so many are the Environment’s. */
const WORLD_SHARE = 1 / 3;

/** What a prediction comes to, and by which rule. */
export type Decision = {
  readonly next: string | undefined;
  readonly rule: 'accepted' | 'end' | 'fallback' | 'drawn';
};

/** Who acts after a prediction. @param draw 0…1, from the scene’s own seed */
export type Decide = (
  predicted: string,
  current: string,
  round: number,
  stage: Stage,
  draw: () => number,
) => Decision;

/**
 * As CoSER’s and HER’s evaluators decide (her-spec 4.4): the end from the sixth turn on; whoever was named
 * and did not just speak; else a draw among the main characters and the Environment. `next` is undefined
 * where the scene ends. The names are sorted first, so that a seed says it all.
 */
export const decideNext: Decide = (predicted, current, round, stage, draw) =>
  heeded(predicted, current, round, stage) ?? drawnOf(referenceCandidates(stage, current), draw);

/** The same with its fault mended (her-spec 4.6 G7): minor characters are drawn as well, the Environment seldom. */
export const decideFairly: Decide = (predicted, current, round, stage, draw) =>
  heeded(predicted, current, round, stage) ?? fairlyDrawn(stage, current, draw);

/** Who acts where nobody predicts (her-spec 4.4, “random”): any character but who just spoke. */
export function drawNext(current: string, { speaking }: Stage, draw: () => number): Decision {
  const people = others(speaking, current).filter((name) => !/^(?:environment|narrator)$/iu.test(name));
  const { next, rule } = drawnOf(people.length > 0 ? people : others(speaking, current), draw);
  return { next, rule: rule === 'fallback' ? 'drawn' : rule };
}

function heeded(
  predicted: string,
  current: string,
  round: number,
  { speaking }: Stage,
): Decision | undefined {
  if (predicted === END_CHAT && round >= FIRST_END) return { next: undefined, rule: 'end' };
  if (predicted !== current && speaking.includes(predicted)) return { next: predicted, rule: 'accepted' };
  return undefined;
}

function referenceCandidates({ speaking, major }: Stage, current: string): readonly string[] {
  const first = others([...major.filter((name) => speaking.includes(name)), ENVIRONMENT_NAME], current);
  return first.length > 0 ? first : others(speaking, current);
}

function fairlyDrawn({ speaking }: Stage, current: string, draw: () => number): Decision {
  const people = others(speaking, current).filter((name) => name !== ENVIRONMENT_NAME);
  if (current === ENVIRONMENT_NAME || people.length === 0) return drawnOf(others(speaking, current), draw);
  const share = Math.min(WORLD_SHARE, 1 / (people.length + 1));
  const at = draw();
  if (at < share) return { next: ENVIRONMENT_NAME, rule: 'fallback' };
  return drawnOf(people, () => (at - share) / (1 - share));
}

function drawnOf(candidates: readonly string[], draw: () => number): Decision {
  if (candidates.length === 0) return { next: undefined, rule: 'end' };
  return { next: candidates[Math.floor(draw() * candidates.length)], rule: 'fallback' };
}

function others(names: readonly string[], current: string): readonly string[] {
  return [...new Set(names)].filter((name) => name !== current).sort();
}
