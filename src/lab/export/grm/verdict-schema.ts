import { z } from 'zod';
import { dimensionSchema } from '../../../judge/principles/principle.ts';

const sideSchema = z.enum(['first', 'second']);
const winnerSchema = z.enum(['first', 'second', 'tie']);
const refSchema = z.object({
  id: z.string().exactOptional(),
  name: z.string(),
  dimension: dimensionSchema.exactOptional(),
});

const readingSchema = z.object({
  violations: z.array(
    z.object({ principle: refSchema, by: z.enum(['first', 'second', 'both']), evidence: z.string() }),
  ),
  comparisons: z.array(
    z.object({
      principle: refSchema,
      first: z.string(),
      second: z.string(),
      better: winnerSchema,
      degree: z.enum(['slight', 'clear', 'significant']),
    }),
  ),
  reason: z.string(),
  better: winnerSchema,
});

const orderSchema = z.object({
  shownFirst: sideSchema,
  outcome: z.discriminatedUnion('type', [
    z.object({ type: z.literal('read'), reading: readingSchema }),
    z.object({ type: z.literal('missing'), why: z.string() }),
  ]),
});

const placeSchema = z.int().min(0);
const measuredSchema = z.object({ length: z.number(), pattern: z.string() });

/** A line of `verdicts.jsonl` (`src/lab/judge/verdict-line.ts`), as far as samples need it. */
export const verdictSchema = z.object({
  item: z.string().min(1),
  scene: z.string().min(1),
  pair: z.tuple([placeSchema, placeSchema]),
  first: measuredSchema,
  second: measuredSchema,
  judge: z.string(),
  winner: z.enum(['first', 'second', 'tie', 'missing']),
  how: z.enum(['judged', 'identical', 'empty']),
  orders: z.array(orderSchema),
  pending: z.boolean(),
});
export type Verdict = Readonly<z.infer<typeof verdictSchema>>;
