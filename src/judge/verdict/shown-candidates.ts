import { weightOf } from '../../scene/weight-of.ts';
import { candidateText, candidateWeight } from './candidate-text.ts';
import type { Comparing } from './judging.ts';
import type { Side } from './verdict.ts';

/** As `actor-prompt.ts` reckons: a prompt that just fits is worth less than one that surely does. */
const CHARS_PER_TOKEN = 3;
/** Headings, fences, and what a chat template adds. Characters. */
const ROOM_FOR_THE_REST = 900;
/** Weight of the longest candidate that is shown whole; of the room, what both may take together. */
const LONGEST_CANDIDATE = 8000;
const SHORTEST_CUT = 300;
const CANDIDATES_SHARE = 0.5;
/** Stands where a candidate was cut. */
const WAS_CUT = ' (What was too long was cut at the same length, where … stands; that is no fault.)';

export type Shown = {
  readonly texts: Readonly<Record<Side, string>>;
  /** To be said of them; '' mostly. */
  readonly note: string;
  /** Weight that is left for all else. */
  readonly room: number;
};

/**
 * Both candidates as a judge reads them, cut at the same length where one is too long.
 * @param rules what stands in the request in any case
 */
export function showCandidates(
  { model, first, second }: Comparing,
  maxTokens: number,
  rules: readonly string[],
): Shown {
  const rulesWeight = rules.reduce((sum, text) => sum + weightOf(text), 0);
  const room = (model.contextSize - maxTokens) * CHARS_PER_TOKEN - rulesWeight - ROOM_FOR_THE_REST;
  const most = Math.floor(Math.max(SHORTEST_CUT, Math.min(LONGEST_CANDIDATE, (room * CANDIDATES_SHARE) / 2)));
  const texts = { first: candidateText(first, most), second: candidateText(second, most) };
  const isCut = Math.max(candidateWeight(first), candidateWeight(second)) > most;
  return {
    texts,
    note: isCut ? WAS_CUT : '',
    room: Math.max(0, room - weightOf(texts.first) - weightOf(texts.second)),
  };
}

/** In the order in which they are shown. */
export function sidesFrom(shownFirst: Side): readonly [Side, Side] {
  return shownFirst === 'first' ? ['first', 'second'] : ['second', 'first'];
}
