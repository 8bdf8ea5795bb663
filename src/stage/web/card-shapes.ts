import { z } from 'zod';
import { ENRICHED_FIELDS } from '../../cast/changes/proposal.ts';
import { segmentSchema } from './wire-shapes.ts';

/** What a card's author (scope `admin`) is shown while they work on it: its private parts are in it. */
export const promptMessageSchema = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string(),
});
export type WirePrompt = readonly z.infer<typeof promptMessageSchema>[];

/** A turn that was tried out, thoughts included; there is no field for system thinking. */
export const triedTurnSchema = z.object({
  segments: z.array(segmentSchema),
  faults: z.array(z.string()),
  /** A model's name; absent: the scripted demo. */
  model: z.string().exactOptional(),
  promptTokens: z.number().exactOptional(),
  completionTokens: z.number().exactOptional(),
});
export type WireTriedTurn = z.infer<typeof triedTurnSchema>;

/** One thing that setting completion would add. */
export const changeSchema = z.object({
  field: z.enum(ENRICHED_FIELDS),
  before: z.string(),
  after: z.string(),
  to: z.string().exactOptional(),
  sources: z.array(z.string()),
  why: z.string(),
});
export type WireChange = z.infer<typeof changeSchema>;

export const worldSchema = z.object({
  id: z.string(),
  name: z.string(),
  entries: z.int().nonnegative(),
  /** In play in the scene that this session looks at. */
  here: z.boolean(),
});
export type WireWorld = z.infer<typeof worldSchema>;

export const loreEntrySchema = z.object({
  name: z.string(),
  keys: z.array(z.string()),
  secondaryKeys: z.array(z.string()),
  text: z.string(),
  enabled: z.boolean(),
  constant: z.boolean(),
  probability: z.number(),
  order: z.number(),
});
export type WireLoreEntry = z.infer<typeof loreEntrySchema>;
