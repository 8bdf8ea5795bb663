import { runsIn, wordsOf } from '../checks/words.ts';

/** The thought of the example in the rules. */
export const EXAMPLE_THOUGHT = "Four, and dark by then. I'll not tell her that part";

/** Small models write the example down instead of a thought: its runs of words stand in no turn. */
export const EXAMPLE_RUNS: ReadonlySet<string> = runsIn(wordsOf(EXAMPLE_THOUGHT));
