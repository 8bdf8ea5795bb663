import { z } from 'zod';
import { figureSchema, manifestSchema } from '../../eval/result.ts';

const flawSchema = z.object({
  dimension: z.string(),
  severity: z.string(),
  turn: z.int(),
  what: z.string(),
  quote: z.string(),
});

const judgementSchema = z.object({
  judge: z.string(),
  chunk: z.int(),
  tries: z.int(),
  /** False: no try could be read. */
  read: z.boolean(),
  refused: z.boolean(),
  /** Flaws of turns that are not there; in no figure. */
  misplaced: z.int(),
  /** Quotes that do not stand in their turn. */
  misquoted: z.int(),
  flaws: z.array(flawSchema),
});

/** One dialogue, played and judged. */
export const selfplayCaseSchema = z.object({
  id: z.string(),
  /** Dialogues of one cluster are drawn together for intervals. */
  cluster: z.string(),
  title: z.string(),
  run: z.int(),
  /** Who played it, where it was published before. */
  model: z.string().optional(),
  exchanges: z.int(),
  /** Turns of the tested model of which nothing could be played; of the simulated user, likewise. */
  silent: z.int(),
  userSilent: z.int(),
  /** A judge found that the tested model would not play on. */
  refused: z.boolean(),
  /** A judgement could not be read: the dialogue is in no figure. */
  invalid: z.boolean(),
  /** `overall`; null where it is invalid, or refused in a benchmark that counts refusals by themselves. */
  score: z.number().nullable(),
  figures: z.record(z.string(), z.number()).nullable(),
  byJudge: z.record(z.string(), z.record(z.string(), z.number())),
  judgements: z.array(judgementSchema),
  format: z.object({
    answers: z.int(),
    usable: z.int(),
    faults: z.record(z.string(), z.int()),
    planned: z.int(),
    /** Requests in which the user’s model or a judge was shown a thought: 0, or something is broken. */
    leaks: z.int(),
  }),
});
export type SelfplayCase = Readonly<z.infer<typeof selfplayCaseSchema>>;

const calibrationSchema = z.object({
  /** Means of the same dialogues, by this judge and as published. */
  models: z.array(
    z.object({ model: z.string(), dialogues: z.int(), ours: z.number(), published: z.number() }),
  ),
  /** Rank correlation over models; null with fewer than three, or without any difference. */
  spearman: z.record(z.string(), z.number().nullable()),
});
export type Calibration = Readonly<z.infer<typeof calibrationSchema>>;

/** `results.json` of a self-play run. */
export const selfplayResultSchema = z.object({
  manifest: manifestSchema,
  figures: z.object({
    /** `overall` first. */
    score: z.record(z.string(), figureSchema),
    byJudge: z.record(z.string(), z.record(z.string(), figureSchema)),
    byModel: z.record(z.string(), z.record(z.string(), figureSchema)),
    /** Share of the tested model’s answers that could be played. */
    usable: figureSchema,
    /** Share of dialogues. */
    refused: figureSchema,
    invalid: z.int(),
    leaks: z.int(),
  }),
  labels: z.record(z.string(), z.string()),
  scale: z.object({ least: z.number(), most: z.number() }),
  cases: z.array(selfplayCaseSchema),
  /** Dialogues that alone could not be played or judged; in no figure. */
  failed: z.array(z.object({ id: z.string(), why: z.string() })),
  calibration: calibrationSchema.optional(),
});
export type SelfplayResult = Readonly<z.infer<typeof selfplayResultSchema>>;
