import { z } from 'zod';
import { contextSchema } from '../judge/input/item.ts';

/**
 * What a training run sends for one rollout, and what an export puts beside a prompt so that it can: engines
 * hand a reward function nothing but strings, so it travels as one string of JSON (lab.md 1.4, 1.8).
 */
export const rewardContextSchema = z.strictObject({
  format: z.literal(1),
  /** The speaker’s own view, up to the turn: no system thinking, no thought of anybody else. */
  context: contextSchema,
  /** HER text of the frozen model’s answer, or of the reference where there is none. */
  baseline: z.string().min(1),
});
export type RewardContext = Readonly<z.infer<typeof rewardContextSchema>>;

export const scoreSampleSchema = z.strictObject({
  id: z.string().max(300).optional(),
  /** The object, or its JSON in a string. */
  reward_context: z.union([rewardContextSchema, z.string()]),
  /** The rollout as it was generated, plan and all. */
  response: z.string(),
});

/** `POST /v1/score`. */
export const scoreRequestSchema = z.strictObject({ samples: z.array(scoreSampleSchema).max(1024) });
