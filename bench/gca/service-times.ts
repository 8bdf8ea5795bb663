/** What the server takes for each kind of answer, in milliseconds; a model's name says which kind it is. */
export const SERVICE_MS = { actor: 200, narrator: 200, director: 100, judge: 500 } as const;
export type Kind = keyof typeof SERVICE_MS;
export const KINDS = Object.keys(SERVICE_MS) as Kind[];
export type ServiceTimes = Readonly<Record<Kind, number>>;

/** What a server was asked: how often, and for how much at once. */
export type Counts = {
  readonly asked: Readonly<Record<Kind, number>>;
  /** Requests under way at once, at most. */
  readonly peak: number;
  readonly connections: number;
};

/** The critical path of a scene: its rounds one after the other, then its judgements at once. */
function pathOf(rounds: number, { actor, director, judge }: ServiceTimes): number {
  return rounds * (actor + director) + judge;
}

/**
 * Below this no schedule comes: the longest scene's path, or all the work spread over what may be in flight
 * (lab.md 6.2, with the calls that were really made). Milliseconds.
 */
export function idealMs(asked: Counts['asked'], longestRounds: number, concurrency: number): number {
  return Math.max(pathOf(longestRounds, SERVICE_MS), oneAfterAnotherMs(asked) / concurrency);
}

/** What it takes where nothing is asked before the last answer is there. Milliseconds. */
export function oneAfterAnotherMs(asked: Counts['asked']): number {
  return KINDS.reduce((sum, kind) => sum + asked[kind] * SERVICE_MS[kind], 0);
}
