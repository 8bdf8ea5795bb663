/** Samples of one request, as `scoreRequestSchema` has it. */
export const MOST_SAMPLES = 1024;
/** Characters of a turn, plan and all, unless `--longest` says otherwise; more is no turn. */
export const LONGEST_TURN = 16_000;
