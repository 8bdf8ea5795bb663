import { z } from 'zod';
import { type CoserDimension, DIMENSIONS, type JudgedFlaw } from './judge-answer.ts';
import { withoutFraction } from './python-json.ts';

const flawSchema = z.object({
  instance: z.string().optional(),
  type: z.string().optional(),
  /** As the judge wrote it. */
  severity: z.unknown(),
});
export type KeptFlaw = Readonly<z.infer<typeof flawSchema>>;

/** One judgement of one dimension. */
export const judgementSchema = z.object({
  /** By the protocol’s own counting; null where it has none. */
  score: z.number().nullable(),
  /** Read within three tries and counted with the faults mended; null: it makes its case invalid. */
  honest: z.number().nullable(),
  flaws: z.array(flawSchema),
  tries: z.int().min(1),
});
export type Judgement = Readonly<z.infer<typeof judgementSchema>>;

/** Per dimension one judgement for each time it was judged. */
export const judgementsSchema = z.record(z.enum(DIMENSIONS), z.array(judgementSchema));
export type Judgements = Readonly<z.infer<typeof judgementsSchema>>;

/** A flaw as it is kept for the report: words as words, whatever form the judge gave them. */
export function keptFlaw({ instance, type, severity }: JudgedFlaw): KeptFlaw {
  return {
    ...(typeof instance === 'string' ? { instance } : {}),
    ...(typeof type === 'string' ? { type } : {}),
    severity: withoutFraction(severity) ?? null,
  };
}

/** The highest severity there is: 5, but 10 where a storyline goes in circles (her-spec 5.1). */
export function mostSevere(dimension: CoserDimension, { type }: JudgedFlaw): number {
  const mayBeTen = dimension === 'Storyline Quality' && /flow|progress|repet/iu.test(String(type));
  return mayBeTen ? 10 : 5;
}
