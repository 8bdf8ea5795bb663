import { amountOf, recallOf, runsIn, sharesRun } from './words.ts';

const REPEATED = 0.8;
/** Words: a shorter thought says little in any case. */
const LEAST_REPEATED = 5;
/** Of neighbouring words: in a long speech single words are found by chance. */
const PAIRS_REPEATED = 0.5;
/** Words in a row that are said and thought. */
const REPEATED_RUN = 8;

/** Whether what is thought is said aloud as well (her-spec 6.2). Words of the thought, and of all that is said. */
export function repeatsSpeech(thought: readonly string[], said: readonly string[]): boolean {
  if (amountOf(thought) < LEAST_REPEATED) return false;
  if (sharesRun(thought, runsIn(said, REPEATED_RUN), REPEATED_RUN)) return true;
  if (recallOf(thought, said) < REPEATED) return false;
  const pairs = [...runsIn(thought, 2)];
  const there = runsIn(said, 2);
  return pairs.filter((pair) => there.has(pair)).length >= pairs.length * PAIRS_REPEATED;
}
