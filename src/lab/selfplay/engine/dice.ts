import { hashOf } from '../../calls/call.ts';

/** Tries of one turn, and of one judgement, at most. */
export const MOST_TRIES = 3;

/** What is left to chance in one dialogue: the same in every run of the same seed. */
export type Dice = {
  /** A seed for a request, below 2^31: OpenAI-compatible servers take no larger one. */
  seed(part: string, turn: number, attempt: number): number;
  /** Servers that take no seed are asked the same words once for each run of a scene, and each attempt. */
  take(attempt: number): number;
};

/** @param run the how-manieth time the same scene is played, from 1 */
export function diceOf(seed: number, id: string, run: number): Dice {
  return {
    seed: (part, turn, attempt) =>
      Number.parseInt(hashOf([seed, id, run, part, turn, attempt]).slice(0, 8), 16) >>> 1,
    take: (attempt) => (run - 1) * MOST_TRIES + attempt,
  };
}
