import { z } from 'zod';
import type { Segment } from '../../../format/segments.ts';
import type { JudgeContext } from '../../../judge/verdict/verdict.ts';

const nameSchema = z.string().trim().min(1).max(200);
const formatSchema = z.enum(['her', 'coser']);

const candidateSchema = z.strictObject({
  model: nameSchema.optional(),
  text: z.string(),
  format: formatSchema.optional(),
});

export const contextSchema = z.strictObject({
  speaker: nameSchema,
  sheet: z.string(),
  setting: z.string().default(''),
  others: z.array(z.strictObject({ name: nameSchema, sheet: z.string() })).default([]),
  /** `Name: text`, oldest first; without a name it is the Environment's. */
  lines: z.array(z.string()).default([]),
  note: z.string().default(''),
});

/** One line of a file for the judge, in our own form. `format` counts for whatever names none itself. */
export const itemSchema = z.strictObject({
  id: nameSchema,
  /** Items of one scene are not independent: intervals are drawn over scenes. */
  scene: nameSchema.optional(),
  context: contextSchema,
  candidates: z.array(candidateSchema).min(2).max(64),
  format: formatSchema.default('her'),
});
export type RawItem = z.infer<typeof itemSchema>;

/** A candidate as it may be judged: of its text the segments are left, and no system thinking. */
export type NamedCandidate = { readonly name: string; readonly segments: readonly Segment[] };

/** What is judged: turns of one speaker at one moment. */
export type JudgeItem = {
  readonly id: string;
  readonly scene: string;
  readonly context: JudgeContext;
  readonly candidates: readonly NamedCandidate[];
};
