import { z } from 'zod';

/** HER's twelve dimensions (her-spec 7.2), by short ids; the paper only groups by them. */
export const DIMENSIONS = [
  'character',
  'relationship',
  'emotion',
  'action',
  'atmosphere',
  'dialogue',
  'narrative',
  'conflict',
  'detail',
  'overall',
  'safety',
  'world',
] as const;
export const dimensionSchema = z.enum(DIMENSIONS);
export type Dimension = z.infer<typeof dimensionSchema>;

/** As it stands in the log and in files: a slug. */
export const principleIdSchema = z
  .string()
  .max(60)
  .regex(/^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u);

/**
 * Something by which two candidates are told apart. A `negative` one decides by itself where one side
 * breaks it; `positive` ones are weighed. `sentence`: seen in the line alone; `session`: only against
 * what came before.
 */
export const principleSchema = z.strictObject({
  id: principleIdSchema,
  dimension: dimensionSchema,
  name: z.string().min(1).max(80),
  sign: z.enum(['positive', 'negative']),
  level: z.enum(['sentence', 'session']),
  asks: z.string().min(1).max(600),
  breaks: z.string().min(1).max(600),
  example: z.string().min(1).max(600),
});

/**
 * `source`: ours, the operator's file, or what a server's people added in plain words. Those may have no
 * `example` ('').
 */
export type Principle = Readonly<z.infer<typeof principleSchema>> & {
  readonly source: 'ours' | 'operator' | 'server';
};
