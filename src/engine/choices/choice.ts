import { z } from 'zod';
import type { Segment } from '../../format/segments.ts';
import type { JudgeContext } from '../../judge/verdict/verdict.ts';

/** A version of a line, without its words: see `hasherOf`. */
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/u);

/** Ids are ours, or made up by chance: no words. */
const idSchema = z
  .string()
  .regex(/^[\w-]{1,80}$/u)
  .optional()
  .catch(undefined);

/** What a judge had said of versions of that line: figures and ids alone. */
const judgeSchema = z.object({
  /** The judge's model. */
  by: z.string().max(200),
  /** The version that it put first, and those that it put behind. */
  first: hashSchema,
  over: z.array(hashSchema),
  /** Of the match that decided; after a tie or where the judge failed the first that was drafted is first. */
  outcome: z.enum(['won', 'tie', 'missing']),
  principle: idSchema,
  dimension: idSchema,
});
export type JudgedVersions = Readonly<z.infer<typeof judgeSchema>>;

const common = {
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** Key of the scene's log. */
  log: z.string().min(1),
  /** Who chose: stage user id. */
  by: z.string().min(1),
  what: z.enum(['swipe', 'pick', 'edit', 'up', 'down']),
  /** The line (its first version), and whose it is (`character:<card id>`). */
  n: z.int().positive(),
  speaker: z.string().min(1).max(200),
  /** Of `down` and of a swipe that came to nothing there is no better one, of `up` no worse. */
  better: hashSchema.optional(),
  worse: z.array(hashSchema),
  judge: judgeSchema.optional(),
};

const segmentSchema = z.object({ kind: z.enum(['thought', 'action', 'speech']), text: z.string() });

const contextSchema = z.object({
  speaker: z.string(),
  sheet: z.string(),
  setting: z.string(),
  others: z.array(z.object({ name: z.string(), sheet: z.string() })),
  lines: z.array(z.string()),
  note: z.string(),
}) satisfies z.ZodType<JudgeContext>;

/** The speaker's view, and the versions in the order of their hashes: a judge can be asked again. */
const seenSchema = z.object({
  context: contextSchema,
  better: z.array(segmentSchema).optional(),
  worse: z.array(z.array(segmentSchema)),
});
export type SeenChoice = {
  readonly context: JudgeContext;
  readonly better?: readonly Segment[] | undefined;
  readonly worse: readonly (readonly Segment[])[];
};

/** Of a scene that never came near Discord: the words may be kept. */
const ownSchema = z.object({
  ...common,
  origin: z.enum(['local', 'lab']),
  seen: seenSchema.optional(),
});

/**
 * Of any other scene, and of one whose origin is missing or unknown: the choice and hashes. This schema
 * has no field that could hold a word of the scene, and drops what else is stored.
 */
const discordSchema = z.object({ ...common, origin: z.literal('discord').catch('discord') });

export const choiceSchema = z.union([ownSchema, discordSchema]);

/**
 * What somebody preferred, as it is stored. Only where `origin` is `local` or `lab` does it have words
 * (`seen`); by its type and by its schema no choice from Discord has any.
 */
export type Choice = Readonly<z.infer<typeof choiceSchema>>;
