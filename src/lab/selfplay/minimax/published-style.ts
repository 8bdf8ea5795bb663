import type { Style } from '../engine/style.ts';
import type { PublishedWork } from './published.ts';
import { MINIMAX_REMARK, minimaxJudge } from './style.ts';

/** Judges dialogues that were played before: both parts say what they said. */
export function publishedStyle(works: readonly PublishedWork[], secret: string): Style<PublishedWork> {
  return {
    ...minimaxJudge(secret),
    works,
    remarks: [
      MINIMAX_REMARK,
      'These dialogues were played before, by others or in another run: only the judging is of this run.',
    ],
    partsOf: ({ played }) => ({
      user: async (_said, turn) => lineOf(played[turn - 1]?.user),
      actor: async (_said, turn) => lineOf(played[turn - 1]?.actor),
    }),
  };
}

function lineOf<T>(message: T | undefined): T {
  if (message === undefined) throw new Error('the dialogue has no such turn');
  return message;
}
