import { z } from 'zod';
import { DIMENSIONS, MISSING } from '../../engine/judging/judge-report.ts';
import { actorSchema, segmentSchema } from './wire-shapes.ts';

/** How a turn was chosen among candidates, as it travels: an allow-list like the other shapes. Scope `xray`. */

const side = z.enum(['first', 'second']);
const winner = z.enum(['first', 'second', 'tie']);
const principleSchema = z.object({
  /** Absent for one that the judge brought in. */
  id: z.string().exactOptional(),
  name: z.string(),
  dimension: z.enum(DIMENSIONS).exactOptional(),
});

const readingSchema = z.object({
  violations: z.array(
    z.object({ principle: principleSchema, by: z.enum(['first', 'second', 'both']), evidence: z.string() }),
  ),
  comparisons: z.array(
    z.object({
      principle: principleSchema,
      first: z.string(),
      second: z.string(),
      better: winner,
      degree: z.enum(['slight', 'clear', 'significant']),
    }),
  ),
  reason: z.string(),
  better: winner,
});
export type WireReading = z.infer<typeof readingSchema>;

/** One match read in one order: `reading`, or why it is `missing`. */
const orderSchema = z.object({
  shownFirst: side,
  attempts: z.int().nonnegative(),
  reading: readingSchema.exactOptional(),
  missing: z.enum(MISSING).exactOptional(),
});
export type WireOrder = z.infer<typeof orderSchema>;

/** `first` and `second` are places in the list of candidates, from 0. */
const matchSchema = z.object({
  first: z.int().nonnegative(),
  second: z.int().nonnegative(),
  how: z.enum(['judged', 'identical', 'empty']),
  winner: z.enum(['first', 'second', 'tie', 'missing']),
  flipped: z.boolean(),
  deciding: principleSchema.exactOptional(),
  orders: z.array(orderSchema),
});
export type WireMatch = z.infer<typeof matchSchema>;

export const judgedSchema = z.object({
  turn: z.string(),
  speaker: actorSchema,
  /** The judge's. */
  model: z.string(),
  /** In the order in which they were drafted; `beat`: the version that it became. */
  candidates: z.array(
    z.object({ beat: z.int().positive().exactOptional(), segments: z.array(segmentSchema) }),
  ),
  /** Places, the best first. */
  ranking: z.array(z.int().nonnegative()),
  /** In the order in which they were played. */
  matches: z.array(matchSchema),
  /** Milliseconds that it added to the turn. */
  ms: z.number(),
});
export type WireJudged = z.infer<typeof judgedSchema>;
