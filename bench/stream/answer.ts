import { herTurns } from '../format/her-text.ts';

const LETTERS = 4;
const CHUNKS = 500;

/** A turn as a model streams it: 500 pieces of four letters. */
export const ANSWER: readonly string[] = cut(herTurns(CHUNKS * LETTERS, false).join('\n\n'));

function cut(text: string): string[] {
  return Array.from({ length: CHUNKS }, (_, n) => text.slice(n * LETTERS, (n + 1) * LETTERS));
}
