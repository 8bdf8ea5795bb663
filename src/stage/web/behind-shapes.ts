import { z } from 'zod';
import { viewEntrySchema } from './wire-shapes.ts';

const answering = { re: z.string().exactOptional() };

/** An entry of lore that stood in a prompt, and why it did. */
export const loreCallSchema = z.object({
  name: z.string(),
  why: z.enum(['key', 'constant', 'sticky', 'recursion']),
  /** The key that was found, and the beat whose words did it. */
  key: z.string().exactOptional(),
  beat: z.int().positive().exactOptional(),
});
export type WireLoreCall = z.infer<typeof loreCallSchema>;

/** How a line came about: names and figures, no text of it. */
export const madeSchema = z.object({
  /** A model's name, or `script`. */
  by: z.string(),
  /** The director's reason for this speaker. */
  why: z.string(),
  attempts: z.int(),
  /** The model was not there in time: a line from the card. */
  fallback: z.literal(true).exactOptional(),
  lore: z.array(loreCallSchema),
  loreLeft: z.int().positive().exactOptional(),
  /** Where it was chosen among candidates: the judge, how many, and for what. */
  judged: z.object({ by: z.string(), of: z.int(), principle: z.string().exactOptional() }).exactOptional(),
  /** Tokens. */
  promptTokens: z.number().exactOptional(),
  cachedTokens: z.number().exactOptional(),
  completionTokens: z.number().exactOptional(),
  /** Milliseconds since the model was asked. */
  msToFirst: z.number().exactOptional(),
  msToVisible: z.number().exactOptional(),
  msToLast: z.number().exactOptional(),
});
export type WireMade = z.infer<typeof madeSchema>;

/** Answers about what is behind a line and in a mind. */
export const behindAnswers = [
  /** `made` is absent where a person wrote it. */
  z.object({
    type: z.literal('why'),
    ...answering,
    beat: z.int().positive(),
    made: madeSchema.exactOptional(),
  }),
  z.object({
    type: z.literal('memory'),
    ...answering,
    character: z.string(),
    /** Beats that it perceived; of these, how many stand in its prompt only as a note; of those, how many not even there. */
    beats: z.int().nonnegative(),
    folded: z.int().nonnegative(),
    faded: z.int().nonnegative(),
    note: z.array(viewEntrySchema),
    /** Beats that stay in its mind. */
    pinned: z.array(z.int().positive()),
    /** Lore behind its last lines, the newest first; `line`: its own line. */
    lore: z.array(loreCallSchema.extend({ line: z.int().positive() })),
  }),
] as const;
