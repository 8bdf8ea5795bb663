import { type Origin, originSchema } from './beat.ts';

/** The name under which a file that left the house says where its words came from. */
export const ORIGIN_MARK = 'dramatis-origin';

/**
 * Whether a model may be trained on words of these origins. Discord's Developer Policy forbids it for
 * what came through Discord; missing or unknown counts as that, and no setting overrides it.
 */
export function mayTrain(origins: readonly (Origin | undefined)[]): boolean {
  return origins.length > 0 && origins.every((origin) => origin === 'local' || origin === 'lab');
}

/** One origin for all of them: where any of it may have come through Discord, all of it counts as that. */
export function originOf(origins: readonly (Origin | undefined)[]): Origin {
  if (!mayTrain(origins)) return 'discord';
  return origins.every((origin) => origin === 'lab') ? 'lab' : 'local';
}

const ANY_MARK = /dramatis-origin/giu;
const FREE_MARK = /dramatis-origin["']?\s*(?::|content\s*=)\s*["']?(local|lab)\b/giu;

/**
 * Whether a file bears the mark of words that may not train: in a meta tag, front matter or a comment.
 * A mark that cannot be read, or that something else was put into, is one of Discord.
 */
export function isMarkedDiscord(text: string): boolean {
  return count(text, ANY_MARK) > count(text, FREE_MARK);
}

/** Where the words of a keepsake came from; without a mark they count as Discord's. */
export function originOfKeepsake(text: string): Origin {
  if (isMarkedDiscord(text)) return 'discord';
  const marks = [...text.matchAll(FREE_MARK)].map(([, origin]) => originSchema.parse(origin?.toLowerCase()));
  return originOf(marks);
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
