/**
 * What comes back from a form or a button holds nothing but its id, so the id carries what it is
 * about. Discord allows it 100 characters.
 */
export const LONGEST_ID = 100;

/** Beginnings of ids; after each comes what it is about. */
export const CARRYING = {
  /** A line's message. */
  edit: 'dramatis:edit:',
  report: 'dramatis:report:',
  /** Names of characters, as they were typed. */
  whisper: 'dramatis:whisper:',
  /** Id of an offered model. */
  modelKey: 'dramatis:model-key:',
} as const;

/** What an id that begins so carries; undefined where it is another. */
export function carriedBy(beginning: string, id: string): string | undefined {
  return id.startsWith(beginning) ? id.slice(beginning.length) : undefined;
}
