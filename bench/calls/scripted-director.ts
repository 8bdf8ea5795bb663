import { changesSomething } from '../../src/director/changes-something.ts';
import { ENVIRONMENT, isPlayerId } from '../../src/scene/beat.ts';
import { pick } from '../../src/scene/chance.ts';
import type { StageBeat } from '../../src/scene/stage-beat.ts';

/** Whom it draws from: those who have been silent longest. */
const SILENT = 3;

export type DirectorOptions = {
  readonly seed: number;
  readonly cast: readonly string[];
  readonly player: string;
  /** Turns that may be named in one answer. */
  readonly ranking: number;
  /** It gives the word to the player after so many turns of characters. */
  readonly handsOverAfter: number;
};

/**
 * Answers as a good director would who has read what the room has: the world first where something was
 * set going; else one of the three who have been silent longest; the player when it is their turn. It
 * names whom it expects after that in the same way, and foresees neither calls nor deeds.
 *
 * @param shown what happened so far
 * @param nth how many answers there were before
 */
export function directorAnswer(
  shown: readonly StageBeat[],
  nth: number,
  { seed, cast, player, ranking, handsOverAfter }: DirectorOptions,
): string {
  const spoken = shown.flatMap(({ speaker }) => (speaker ? [speaker] : []));
  const last = shown.at(-1);
  const isStirred = last !== undefined && changesSomething(last.segments);
  const order: string[] = [];
  if (isStirred && last.speaker?.id !== ENVIRONMENT.id) order.push(ENVIRONMENT.name);
  const since = shown.slice(shown.findLastIndex(({ speaker }) => speaker && isPlayerId(speaker.id)) + 1);
  let turns = since.filter(({ kind }) => kind === 'line').length;
  const names = spoken.map(({ name }) => name);
  while (order.length < ranking && order.at(-1) !== player) {
    const all = [...names, ...order];
    const silent = cast
      .filter((name) => name !== all.at(-1))
      .sort((one, other) => all.lastIndexOf(one) - all.lastIndexOf(other));
    const next = pick(silent.slice(0, SILENT), seed, nth, order.length) ?? '';
    order.push(turns >= handsOverAfter ? player : next);
    turns += 1;
  }
  const [next, ...later] = order;
  return JSON.stringify({
    reasoning: 'They have been waiting to say it.',
    next_speaker: next,
    ...(ranking > 1 ? { later_speakers: later } : {}),
  });
}
