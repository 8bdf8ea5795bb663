import { z } from 'zod';

/** Characters of one line; longer ones are refused with a message, never cut. */
export const LONGEST_LINE = 4000;

export const id = z.string().min(1).max(200);
export const line = z
  .string()
  .trim()
  .min(1, 'There is nothing in it.')
  .max(LONGEST_LINE, `That is too long: a line holds at most ${LONGEST_LINE} characters.`);

/** `re` comes back in the answer. */
export const asked = { re: z.string().max(64).exactOptional() };
/** `key` makes a line safe to send twice: it is heard once. */
export const spoken = { ...asked, key: z.string().min(1).max(100).exactOptional() };
